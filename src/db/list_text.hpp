// Bound lists as the text in which each engine takes them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace posy::db {

// Replaces `out` by a JSON array (SQLite) or an array literal (PostgreSQL).
void write_json_list(std::string& out, std::span<std::int64_t const> list);
void write_json_list(std::string& out, std::span<std::string const> list);
void write_array_literal(std::string& out, std::span<std::int64_t const> list);
void write_array_literal(std::string& out, std::span<std::string const> list);

// Throws Failure for a zero byte: PostgreSQL cannot keep one, and SQLite's functions stop at it.
void require_storable(std::string_view text);

}  // namespace posy::db
