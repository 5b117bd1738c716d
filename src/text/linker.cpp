#include "text/linker.hpp"

#include "text/emoji.hpp"
#include "text/entities.hpp"
#include "text/links.hpp"
#include "text/normalize.hpp"

namespace posy::text {
namespace {

// "Alice@EXAMPLE.org" to "Alice@example.org". Nothing when there can be no such domain.
std::optional<std::string> normalize_acct(std::string_view written) {
  std::size_t at = written.find('@');
  if (at == std::string_view::npos) return std::string(written);
  auto domain = to_ascii_domain(written.substr(at + 1));
  if (!domain) return {};
  return std::string(written.substr(0, at + 1)) + *domain;
}

}  // namespace

void Linker::text(std::string_view text) {
  std::size_t at = 0;
  for (Entity const& entity : find_entities(text)) {
    unlinked_text(text.substr(at, entity.begin - at));
    at = entity.end;
    std::string_view written = text.substr(entity.begin, entity.end - entity.begin);
    switch (entity.kind) {
      case Entity::Kind::url:
        note_url(written);
        write_shortened_link(writer_, written);
        break;
      case Entity::Kind::mention:
        write_mention(written);
        break;
      case Entity::Kind::hashtag:
        write_hashtag(written);
        break;
    }
  }
  unlinked_text(text.substr(at));
}

void Linker::unlinked_text(std::string_view text) {
  if (text.empty()) return;
  for (std::string& name : find_shortcodes(text)) {
    if (shortcodes_.insert(name).second) composed_.shortcodes.push_back(std::move(name));
  }
  writer_.text(text);
}

void Linker::note_url(std::string_view url) {
  if (urls_.emplace(url).second) composed_.urls.emplace_back(url);
}

std::optional<ResolvedMention> const& Linker::find_mention(std::string_view written) {
  static std::optional<ResolvedMention> const nobody;
  auto acct = normalize_acct(written.substr(1));
  if (!acct || !lookups_.mention) return nobody;
  auto known = mentions_.find(*acct);
  if (known != mentions_.end()) return known->second;
  if (mentions_.size() >= mentions_max) return nobody;
  auto found = lookups_.mention(Mention{*acct});
  return mentions_.emplace(std::move(*acct), std::move(found)).first->second;
}

void Linker::write_mention(std::string_view written) {
  auto const& mention = find_mention(written);
  if (!mention) return writer_.text(written);
  if (accounts_.insert(mention->account).second) composed_.mentions.push_back(*mention);
  std::string link;
  append_attribute(link, "href", mention->url);
  append_attribute(link, "class", "u-url mention");
  writer_.enter(Element::span, R"( class="h-card" translate="no")");
  writer_.enter(Element::a, std::move(link));
  writer_.text("@");
  writer_.enter(Element::span);
  writer_.text(mention->username);
  writer_.leave();
  writer_.leave();
  writer_.leave();
}

void Linker::write_hashtag(std::string_view written) {
  std::string_view display = written.substr(1);
  std::string name = fold_tag(display);
  if (name.empty()) return writer_.text(written);
  auto [known, is_new] = tag_urls_.try_emplace(name);
  if (is_new) {
    composed_.tags.push_back({name, std::string(display)});
    if (lookups_.tag_url) known->second = lookups_.tag_url(name);
  }
  if (known->second.empty()) return writer_.text(written);
  std::string link;
  append_attribute(link, "href", known->second);
  append_attribute(link, "class", "mention hashtag");
  append_attribute(link, "rel", "tag");
  writer_.enter(Element::a, std::move(link));
  writer_.text("#");
  writer_.enter(Element::span);
  writer_.text(display);
  writer_.leave();
  writer_.leave();
}

}  // namespace posy::text
