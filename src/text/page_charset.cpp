#include <unicode/ucnv.h>

#include <algorithm>
#include <memory>

#include "base/encoding.hpp"
#include "text/characters.hpp"
#include "text/page_metadata.hpp"

namespace posy::text {
namespace {

constexpr std::size_t looked_through_bytes = 4096;  // for a charset in the page itself
constexpr std::size_t name_bytes_max = 40;

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

// The name behind "charset=", quoted or not.
std::string name_in(std::string_view text) {
  std::string small = lower(text);
  constexpr std::string_view key = "charset=";
  auto at = small.find(key);
  if (at == small.npos) return {};
  at += key.size();
  while (at < small.size() && (small[at] == '"' || small[at] == '\'' || small[at] == ' ')) ++at;
  auto end = at;
  auto is_part = [](char c) {
    return is_ascii_alphanumeric(static_cast<unsigned char>(c)) || c == '-' || c == '_';
  };
  while (end < small.size() && is_part(small[end])) ++end;
  return end - at > name_bytes_max ? std::string() : small.substr(at, end - at);
}

// Codings in which ASCII does not mean itself, made for mail or for mischief; no browser takes them.
bool is_refused(std::string_view name) {
  for (std::string_view prefix : {"utf-7", "utf7", "unicode-1-1-utf-7", "imap", "scsu", "bocu", "cesu", "hz", "lmbcs",
                                  "iso-2022-cn", "iso-2022-kr", "x-compound", "compound"})
    if (name.starts_with(prefix)) return true;
  return name.find("ebcdic") != name.npos || name == "ibm-37" || name == "cp037";
}

std::string_view without_mark(std::string_view bytes, std::string& name) {
  if (bytes.starts_with("\xef\xbb\xbf")) return name = "utf-8", bytes.substr(3);
  if (bytes.starts_with("\xff\xfe")) return name = "utf-16le", bytes.substr(2);
  if (bytes.starts_with("\xfe\xff")) return name = "utf-16be", bytes.substr(2);
  return bytes;
}

// What the page says of itself must be readable before it is known: so it is no UTF-16 (HTML standard, 13.2.3.2).
std::string name_in_page(std::string_view bytes) {
  auto name = name_in(bytes.substr(0, looked_through_bytes));
  return name.starts_with("utf-16") || name.starts_with("utf-32") ? "utf-8" : name;
}

std::string convert(std::string_view bytes, std::string name) {
  if (name == "iso-8859-1" || name == "latin1" || name == "us-ascii" || name == "ascii") name = "windows-1252";
  if (name == "utf-8" || name == "utf8" || is_refused(name)) return std::string(bytes);
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &error));
  if (U_FAILURE(error)) return std::string(bytes);
  // No charset makes more than two units of a byte; each unit is three bytes at most.
  std::u16string wide(bytes.size() * 2 + 16, u'\0');
  auto size = ucnv_toUChars(converter.get(), wide.data(), static_cast<std::int32_t>(wide.size()), bytes.data(),
                            static_cast<std::int32_t>(bytes.size()), &error);
  if (U_FAILURE(error)) return std::string(bytes);
  UErrorCode counting = U_ZERO_ERROR;
  Converter utf8(ucnv_open("utf-8", &counting));
  if (U_FAILURE(counting)) return std::string(bytes);
  std::string out(static_cast<std::size_t>(size) * 3 + 16, '\0');
  auto written = ucnv_fromUChars(utf8.get(), out.data(), static_cast<std::int32_t>(out.size()), wide.data(), size,
                                 &counting);
  if (U_FAILURE(counting)) return std::string(bytes);
  out.resize(static_cast<std::size_t>(written));
  return out;
}

}  // namespace

std::string page_to_utf8(std::string_view bytes, std::string_view content_type) {
  bytes = bytes.substr(0, page_bytes_max);
  std::string name;
  bytes = without_mark(bytes, name);
  if (name.empty()) name = name_in(content_type);
  if (name.empty()) name = name_in_page(bytes);
  if (name.empty()) {
    bool is_utf8 = is_valid_utf8(bytes);
    // The cut may have gone through a character.
    if (bytes.size() == page_bytes_max)
      for (std::size_t i = 1; !is_utf8 && i <= 3; ++i) is_utf8 = is_valid_utf8(bytes.substr(0, bytes.size() - i));
    name = is_utf8 ? "utf-8" : "windows-1252";
  }
  return convert(bytes, std::move(name));
}

}  // namespace posy::text
