// Still pictures, by the program posy-media, which posy carries inside and runs from memory, confined: a flaw
// in a decoder or a monster of a picture costs that picture and no more.
#pragma once

#include <optional>
#include <string_view>

#include "media/draft.hpp"
#include "media/process.hpp"
#include "media/program/carried.hpp"
#include "media/program/job.hpp"

namespace posy::media {

// The whole answer for an image of the format `mime`; nothing for one that moves, which is no still picture.
// All paths here are absolute.
Result<std::optional<Processed>> process_image(std::filesystem::path const& upload, std::string_view mime,
                                               std::filesystem::path const& work_dir, Limits const& limits);

// The original only, in another shape; of a moving image the first picture.
Result<Processed> process_still(std::filesystem::path const& upload, std::string_view mime, PictureSize box,
                                Fit fit, std::filesystem::path const& work_dir, Limits const& limits);

// Describes a video by the picture in a PNG that we made of it; gives the file of the preview.
Result<Draft> add_poster(Processed& processed, std::filesystem::path const& poster,
                         std::filesystem::path const& work_dir, Limits const& limits);

// A picture, or that it moves; every flaw of the picture and every misbehaviour of the program is an Error.
// The files of the job are there afterwards, whatever is in them. Throws when this machine is at fault.
Result<PictureAnswer> run_picture_program(PictureJob const& job, Limits const& limits,
                                          std::string_view program = carried_program());

}  // namespace posy::media
