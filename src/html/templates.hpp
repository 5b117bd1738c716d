// The pages' templates (ctemplate), compiled into the program and checked at start.
//
// Every template begins with {{%AUTOESCAPE context="HTML"}}: each value is escaped for the place where it
// stands, be it text, attribute, URL or script. HTML of ours goes in through `set_safe_html` and a
// marker that says so, {{CONTENT_HTML:none}}; a `:none` on any other name is refused at start.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "base/embedded.hpp"

namespace ctemplate {
class TemplateCache;
class TemplateDictionary;
}  // namespace ctemplate

namespace posy::html {

// What a template is filled with: a tree of sections. A section is shown once for each time that it is
// added, and sees the values of those around it. Names are in upper case.
class Values {
 public:
  Values();
  ~Values();
  Values(Values&&) noexcept;
  Values& operator=(Values&&) noexcept;

  Values& set(std::string_view name, std::string_view value);
  Values& set(std::string_view name, std::int64_t value);
  // Only HTML that text/ has cleaned or that we made. `name` ends in "_HTML".
  Values& set_safe_html(std::string_view name, std::string_view html);
  // Sets the value and shows the section of the same name, unless the value is empty.
  Values& set_if_any(std::string_view name, std::string_view value);
  Values& show(std::string_view section);
  Values& show_if(bool wanted, std::string_view section) { return wanted ? show(section) : *this; }
  // One more round of a section. The result lives as long as this object, and no longer.
  Values section(std::string_view name);
  // Puts the template `file` where {{>NAME}} stands; likewise.
  Values include(std::string_view name, std::string_view file);

 private:
  friend class Templates;
  explicit Values(ctemplate::TemplateDictionary* part);

  std::unique_ptr<ctemplate::TemplateDictionary> owned_;  // empty in a part
  ctemplate::TemplateDictionary* dictionary_;
};

// Rendering is thread-safe.
class Templates {
 public:
  // Several folders may be put together; their names must differ. Throws std::logic_error that names the
  // template when one does not parse or does not escape.
  explicit Templates(std::initializer_list<EmbeddedFiles> folders);
  ~Templates();

  // An unknown name, here or in Values::include, is our mistake: POSY_ASSERT.
  std::string render(std::string_view name, Values const& values) const;

 private:
  std::unique_ptr<ctemplate::TemplateCache> cache_;
};

}  // namespace posy::html
