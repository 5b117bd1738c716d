// Which language a text is in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace posy::text {

// ISO 639-1 code (639-3 where there is no shorter one). Nothing when the text is too short to be sure.
// Links, mentions and tags do not count.
std::optional<std::string> detect_language(std::string_view plain_text);
// "de", "ckb", and with a region or script: "zh-TW", "zh-Hant".
bool is_known_language(std::string_view code);

}  // namespace posy::text
