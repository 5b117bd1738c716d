#include "text/language.hpp"

#include <cld2/public/compact_lang_det.h>
#include <unicode/uloc.h>

#include <algorithm>

#include "text/characters.hpp"
#include "text/entities.hpp"
#include "text/normalize.hpp"

namespace posy::text {
namespace {

constexpr std::size_t examined_bytes_max = 20'000;
// A handful of letters fits several languages, however sure the detector is; an ideograph says more.
constexpr int letter_weight_min = 12;
constexpr int ideograph_weight = 3;

std::string without_entities(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  for (Entity const& entity : find_entities(text)) {
    out.append(text, at, entity.begin - at);
    out += ' ';
    at = entity.end;
  }
  return out.append(text, at);
}

bool says_enough(std::string_view text) {
  int weight = 0;
  for (std::size_t at = 0; at < text.size() && weight < letter_weight_min;) {
    auto c = static_cast<UChar32>(next_character(text, at));
    if (u_isalpha(c)) weight += u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) ? ideograph_weight : 1;
  }
  return weight >= letter_weight_min;
}

std::string iso_code(CLD2::Language language) {
  std::string code = CLD2::LanguageCode(language);
  code.resize(std::min(code.find('-'), code.size()));  // "zh-Hant", "sr-ME"
  if (code == "iw") return "he";                       // names that ISO has withdrawn
  if (code == "jw") return "jv";
  return code;
}

}  // namespace

std::optional<std::string> detect_language(std::string_view plain_text) {
  std::string text = scrub(plain_text.substr(0, examined_bytes_max));
  text = without_entities(text);
  if (!says_enough(text)) return {};
  CLD2::Language candidates[3];
  int percents[3];
  int text_bytes = 0;
  bool is_reliable = false;
  CLD2::Language language = CLD2::ExtDetectLanguageSummary(text.data(), static_cast<int>(text.size()), true,
                                                           candidates, percents, &text_bytes, &is_reliable);
  if (!is_reliable || language == CLD2::UNKNOWN_LANGUAGE) return {};
  std::string code = iso_code(language);
  if (!is_known_language(code)) return {};
  return code;
}

bool is_known_language(std::string_view code) {
  std::size_t dash = std::min(code.find('-'), code.size());
  std::string_view language = code.substr(0, dash);
  std::string_view rest = code.substr(dash);
  bool is_plain = rest.empty() || rest.size() == 3 || rest.size() == 5;
  auto is_letter = [](char c) { return is_ascii_letter(static_cast<unsigned char>(c)); };
  if (!is_plain || (!rest.empty() && !std::ranges::all_of(rest.substr(1), is_letter))) return false;
  for (char const* const* known = uloc_getISOLanguages(); *known != nullptr; ++known) {
    if (language == *known) return true;
  }
  return false;
}

}  // namespace posy::text
