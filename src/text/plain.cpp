#include "text/plain.hpp"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "text/characters.hpp"
#include "text/entities.hpp"

namespace posy::text {
namespace {

constexpr std::size_t link_characters = 23;

void check(UErrorCode status) {
  if (U_FAILURE(status))
    throw std::runtime_error(std::string("ICU cannot split text: ") + u_errorName(status));
}

// Walks grapheme clusters. The text must outlive it.
class Graphemes {
 public:
  explicit Graphemes(std::string_view text) : text_(text) {
    if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80 && c != '\r'; }))
      return;
    UErrorCode status = U_ZERO_ERROR;
    utext_.reset(utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status));
    breaks_.reset(ubrk_open(UBRK_CHARACTER, "", nullptr, 0, &status));
    check(status);
    ubrk_setUText(breaks_.get(), utext_.get(), &status);
    check(status);
  }

  // The end of the next cluster, or npos.
  std::size_t next() {
    if (!breaks_) return at_ < text_.size() ? ++at_ : std::string_view::npos;  // ASCII: a byte each
    std::int32_t end = ubrk_next(breaks_.get());
    return end == UBRK_DONE ? std::string_view::npos : static_cast<std::size_t>(end);
  }

 private:
  struct Close {
    void operator()(UText* text) const { utext_close(text); }
    void operator()(UBreakIterator* breaks) const { ubrk_close(breaks); }
  };
  std::string_view text_;
  std::size_t at_ = 0;
  std::unique_ptr<UText, Close> utext_;
  std::unique_ptr<UBreakIterator, Close> breaks_;  // reads utext_
};

}  // namespace

std::string truncate(std::string_view text, std::size_t characters) {
  if (characters == 0) return {};
  Graphemes graphemes(text);
  std::size_t before_last = 0, end = 0;
  for (std::size_t count = 0; count < characters; ++count) {
    before_last = end;
    end = graphemes.next();
    if (end == std::string_view::npos) return std::string(text);
  }
  if (end == text.size()) return std::string(text);
  return std::string(text.substr(0, before_last)) + "…";
}

std::size_t count_characters(std::string_view source) {
  std::string counted;
  counted.reserve(source.size());
  std::size_t at = 0;
  for (Entity const& entity : find_entities(source)) {
    counted.append(source, at, entity.begin - at);
    at = entity.end;
    std::string_view written = source.substr(entity.begin, entity.end - entity.begin);
    if (entity.kind == Entity::Kind::url)
      counted.append(link_characters, 'x');
    else if (entity.kind == Entity::Kind::mention)
      counted += written.substr(0, written.find('@', 1));
    else
      counted += written;
  }
  counted.append(source, at);
  Graphemes graphemes(counted);
  std::size_t count = 0;
  while (graphemes.next() != std::string_view::npos) ++count;
  return count;
}

}  // namespace posy::text
