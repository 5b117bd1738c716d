#include "html/templates.hpp"

#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>
#include <ctemplate/template_enums.h>
#include <ctemplate/template_string.h>
#include <fmt/format.h>

#include <stdexcept>

#include "base/assert.hpp"

namespace posy::html {
namespace {

constexpr std::string_view escape_pragma = "{{%AUTOESCAPE context=\"HTML\"}}";
// Line breaks stay: between two inline elements they are a space.
constexpr auto strip = ctemplate::STRIP_BLANK_LINES;

ctemplate::TemplateString as_template_string(std::string_view text) {
  return {text.data(), text.size()};
}

bool is_html_name(std::string_view name) {
  return name.ends_with("_HTML");
}

// ctemplate itself lets `:none` pass anywhere; here only a name that says so may go in unescaped. Each
// marker stands between "{{" and "}}".
void check_modifiers(std::string_view name, std::string_view content) {
  for (std::size_t at = 0; (at = content.find("{{", at)) != content.npos;) {
    auto end = content.find("}}", at);
    if (end == content.npos) return;  // ctemplate says it better
    auto marker = content.substr(at + 2, end - at - 2);
    auto colon = marker.find(':');
    bool const unescaped = marker.find(":none", colon) != marker.npos;
    if (unescaped && !is_html_name(marker.substr(0, colon)))
      throw std::logic_error(fmt::format("Template {}: {} must not be unescaped", name, marker));
    at = end + 2;
  }
}

}  // namespace

Values::Values()
    : owned_(std::make_unique<ctemplate::TemplateDictionary>("page")), dictionary_(owned_.get()) {}
Values::Values(ctemplate::TemplateDictionary* part) : dictionary_(part) {}
Values::~Values() = default;
Values::Values(Values&&) noexcept = default;
Values& Values::operator=(Values&&) noexcept = default;

Values& Values::set(std::string_view name, std::string_view value) {
  POSY_ASSERT(!is_html_name(name));
  dictionary_->SetValue(as_template_string(name), as_template_string(value));
  return *this;
}

Values& Values::set(std::string_view name, std::int64_t value) {
  return set(name, std::to_string(value));
}

Values& Values::set_safe_html(std::string_view name, std::string_view html) {
  POSY_ASSERT(is_html_name(name));
  dictionary_->SetValue(as_template_string(name), as_template_string(html));
  return *this;
}

Values& Values::set_if_any(std::string_view name, std::string_view value) {
  if (value.empty()) return *this;
  POSY_ASSERT(!is_html_name(name));
  dictionary_->SetValueAndShowSection(as_template_string(name), as_template_string(value),
                                      as_template_string(name));
  return *this;
}

Values& Values::show(std::string_view section) {
  dictionary_->ShowSection(as_template_string(section));
  return *this;
}

Values Values::section(std::string_view name) {
  return Values{dictionary_->AddSectionDictionary(as_template_string(name))};
}

Values Values::include(std::string_view name, std::string_view file) {
  auto* part = dictionary_->AddIncludeDictionary(as_template_string(name));
  part->SetFilename(as_template_string(file));
  return Values{part};
}

Templates::Templates(std::initializer_list<EmbeddedFiles> folders)
    : cache_(std::make_unique<ctemplate::TemplateCache>()) {
  for (EmbeddedFiles files : folders) {
    for (EmbeddedFile const& file : files) {
      if (!file.content.starts_with(escape_pragma))
        throw std::logic_error(fmt::format("Template {} must begin with {}", file.name, escape_pragma));
      check_modifiers(file.name, file.content);
      if (!cache_->StringToTemplateCache(as_template_string(file.name), as_template_string(file.content),
                                         strip))
        throw std::logic_error(
            fmt::format("Template {} does not parse, or there are two of that name", file.name));
    }
  }
  // Frozen: nothing is looked for on the disk, and rendering needs no lock.
  cache_->Freeze();
}

Templates::~Templates() = default;

std::string Templates::render(std::string_view name, Values const& values) const {
  std::string out;
  bool const rendered =
      cache_->ExpandNoLoad(as_template_string(name), strip, values.dictionary_, nullptr, &out);
  POSY_ASSERT(rendered);
  return out;
}

}  // namespace posy::html
