// A consistent copy of a database in use, in one file.
#pragma once

#include <filesystem>

namespace posy::db::sqlite {

// Writes `to` + ".part", and gives it its name when it is whole and on disk. Throws Failure if `to` exists.
void copy_database(std::filesystem::path const& from, std::filesystem::path const& to);

}  // namespace posy::db::sqlite
