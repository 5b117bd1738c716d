#include "media/recording.hpp"

#include "media/probe.hpp"
#include "media/test_fixtures.hpp"

namespace posy::media {
namespace {

using namespace testing;

struct Studio {
  Folder folder;
  Folder work;

  // ffmpeg's own sources as input, `options` for the rest.
  fs::path make(std::string_view name, std::string const& options) const {
    run_ffmpeg(options + " " + (folder / name).string());
    return folder / name;
  }
  Processed accepted(fs::path const& file, Limits const& limits = {}) const {
    auto processed = process(file, work.path(), limits);
    EXPECT_TRUE(processed) << (processed ? "" : processed.error().message);
    return processed ? *processed : Processed{};
  }
  void expect_refused(fs::path const& file, Limits const& limits = {},
                      Refusal refusal = Refusal::unprocessable) const {
    auto processed = process(file, work.path(), limits);
    ASSERT_FALSE(processed);
    EXPECT_EQ(processed.error().refusal, refusal);
    EXPECT_EQ(work.file_count(), 0u);
  }
};

std::string const film = "-f lavfi -i testsrc=size=320x240:rate=25:duration=2 ";
std::string const tone = "-f lavfi -i sine=frequency=440:duration=2 ";
std::string const personal =
    "-metadata location=+40.4461-079.9822/SecretPlace -metadata title=SecretTitle -metadata:s:v "
    "title=SecretTrack "
    "-metadata comment=SecretComment -movflags use_metadata_tags ";
std::string const h264 = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p ";

Recording look(Processed const& processed) {
  return probe_recording(processed.original, find_format(processed.mime)->demuxer, {}).value();
}

TEST(Video, ThatEveryClientCanShowIsCopiedWithoutItsMetadata) {
  Studio studio;
  auto file = studio.make("a.mp4", film + tone + h264 + "-c:a aac " + personal);
  ASSERT_TRUE(is_private(content_of(file)));
  auto processed = studio.accepted(file);
  EXPECT_EQ(processed.kind, Kind::video);
  EXPECT_EQ(processed.mime, "video/mp4");
  EXPECT_EQ(processed.original_size.width, 320);
  EXPECT_EQ(processed.original_size.height, 240);
  EXPECT_NEAR(processed.duration_s.value(), 2, 0.2);
  EXPECT_NEAR(processed.frame_rate.value(), 25, 0.5);
  EXPECT_GT(processed.bitrate.value(), 1000);
  EXPECT_EQ(processed.blurhash.size(), 28u);
  EXPECT_EQ(processed.preview_size.width, 320);
  EXPECT_EQ(detect_mime(processed.preview), "image/webp");
  EXPECT_FALSE(is_private(content_of(processed.original)));
  EXPECT_EQ(studio.work.file_count(), 2u);
  // The index stands before the pictures, so that playing can start at once.
  auto bytes = content_of(processed.original);
  EXPECT_LT(bytes.find("moov"), bytes.find("mdat"));
}

TEST(Video, OfOtherCodecsIsConverted) {
  Studio studio;
  auto processed =
      studio.accepted(studio.make("a.webm", film + tone + "-c:v libvpx -c:a libopus " + personal));
  EXPECT_EQ(processed.mime, "video/mp4");
  auto made = look(processed);
  EXPECT_EQ(made.video->codec, "h264");
  EXPECT_EQ(made.video->pixel_format, "yuv420p");
  EXPECT_EQ(made.audio->codec, "aac");
  EXPECT_FALSE(is_private(content_of(processed.original)));
}

TEST(Video, WithFullColourIsConvertedToWhatBrowsersPlay) {
  Studio studio;
  auto file = studio.make("a.mov", film + "-c:v libx264 -preset ultrafast -pix_fmt yuv444p ");
  auto processed = studio.accepted(file);
  EXPECT_EQ(look(processed).video->pixel_format, "yuv420p");
  EXPECT_EQ(processed.mime, "video/mp4");
}

TEST(Video, IsScaledDownToEvenSidesWhenItIsConverted) {
  Studio studio;
  auto file = studio.make("a.webm", "-f lavfi -i testsrc=size=401x301:duration=1 -c:v libvpx ");
  auto whole = studio.accepted(file);
  EXPECT_EQ(whole.original_size.width, 400);
  EXPECT_EQ(whole.original_size.height, 300);
  auto small = studio.accepted(file, {.video_pixels = 100 * 75});
  EXPECT_NEAR(small.original_size.width, 100, 2);
  EXPECT_NEAR(small.original_size.height, 75, 2);
}

TEST(Video, HasLimits) {
  Studio studio;
  auto file = studio.make("a.mp4", film + h264);
  studio.expect_refused(file, {.video_bytes_max = fs::file_size(file) - 1});
  studio.expect_refused(file, {.video_pixels_max = 320 * 240 - 1});
  studio.expect_refused(file, {.frames_max = 49});
  studio.expect_refused(file, {.frame_rate_max = 24});
  studio.expect_refused(file, {.probe_time_max = std::chrono::milliseconds(1)});
  studio.expect_refused(file, {.video_time_max = std::chrono::milliseconds(1)});
}

TEST(Video, MayNotGrowOverItsLimitWhenItIsConverted) {
  Studio studio;
  auto file = studio.make(
      "a.webm", "-f lavfi -i \"nullsrc=s=320x240:d=2,geq=random(1)*255:128:128\" -c:v libvpx -b:v 50k ");
  auto bytes = fs::file_size(file);
  if (fs::file_size(studio.accepted(file).original) <= bytes) GTEST_SKIP() << "this encoder is too good";
  fs::remove_all(studio.work.path());
  fs::create_directories(studio.work.path());
  studio.expect_refused(file, {.video_bytes_max = bytes});
}

TEST(Video, NeedsItsProgram) {
  Studio studio;
  auto file = studio.make("a.mp4", film + h264);
  studio.expect_refused(file, {.ffmpeg = "posy-no-such-program"}, Refusal::unavailable);
  studio.expect_refused(file, {.ffprobe = "posy-no-such-program"}, Refusal::unavailable);
}

TEST(Video, ThatIsNoneIsRefused) {
  using namespace std::string_literals;
  Studio studio;
  std::string const ftyp = "\0\0\0\x18"s + "ftypisom\0\0\x02\0isomavc1"s;
  auto bytes = content_of(studio.make("a.mp4", film + h264));
  studio.expect_refused(studio.folder.write("empty.mp4", ftyp));
  studio.expect_refused(studio.folder.write("text.mp4", ftyp + "hello, this is no film"));
  studio.expect_refused(
      studio.folder.write("cut.mp4", bytes.substr(0, bytes.size() / 2)));  // the index is at the end
}

TEST(Video, CannotMakeFfmpegReadOtherFiles) {
  using namespace std::string_literals;
  Studio studio;
  auto secret = studio.make("secret.ts", film + h264 + "-f mpegts").string();
  std::string const ftyp = "\0\0\0\x18"s + "ftypisom\0\0\x02\0isomavc1"s;
  std::string const playlist =
      "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile://" + secret + "\n#EXT-X-ENDLIST\n";
  std::string const list = "ffconcat version 1.0\nfile '" + secret + "'\n";
  for (auto const& content : {playlist, list, ftyp + playlist, ftyp + list, "ID3\4\0\0\0\0\0\0"s + playlist,
                              "OggS"s + list, "RIFF....WAVE"s + list, "GIF89a"s + playlist}) {
    studio.expect_refused(studio.folder.write("film.mp4", content));
  }
  // And if one came through, its name would not be taken for a protocol.
  EXPECT_FALSE(probe_recording("concat:" + secret, "mov", {}));
  EXPECT_FALSE(probe_recording(studio.folder.write("list", list), "mov", {}));
}

TEST(Gif, ThatMovesBecomesASilentVideo) {
  Studio studio;
  auto file = studio.make("a.gif", "-f lavfi -i testsrc=size=101x75:rate=10:duration=1 ");
  auto processed = studio.accepted(file);
  EXPECT_EQ(processed.kind, Kind::gifv);
  EXPECT_EQ(processed.mime, "video/mp4");
  EXPECT_EQ(processed.original_size.width, 100);
  EXPECT_EQ(processed.original_size.height, 74);
  EXPECT_FALSE(look(processed).audio);
  EXPECT_FALSE(processed.preview.empty());
}

TEST(Gif, ThatMovesGivesAnAvatarThatDoesNot) {
  Studio studio;
  auto file = studio.make("a.gif", "-f lavfi -i testsrc=size=100x75:rate=10:duration=1 ");
  EXPECT_EQ(process_avatar(file, studio.work.path(), 50, 50).value().mime, "image/png");
}

TEST(Audio, KeepsItsCodecAndLosesItsMetadata) {
  struct Case {
    std::string name, options, mime, codec;
  };
  Case const cases[] = {
      {"a.mp3", "-c:a libmp3lame", "audio/mpeg", "mp3"},
      {"a.flac", "-c:a flac", "audio/flac", "flac"},
      {"a.ogg", "-c:a libvorbis", "audio/ogg", "vorbis"},
      {"b.ogg", "-c:a libopus", "audio/ogg", "opus"},
      {"a.aac", "-c:a aac -f adts", "audio/mp4", "aac"},
      {"a.m4a", "-c:a aac", "audio/mp4", "aac"},
      {"a.wav", "-c:a pcm_s16le", "audio/mpeg", "mp3"},
      {"a.mp4", "-c:a aac -brand isom", "audio/mp4", "aac"},
      {"a.webm", "-c:a libopus", "audio/ogg", "opus"},
  };
  for (auto const& [name, options, mime, codec] : cases) {
    Studio studio;
    auto file =
        studio.make(name, tone + "-metadata title=SecretTitle -metadata artist=SecretName " + options);
    auto processed = studio.accepted(file);
    EXPECT_EQ(processed.kind, Kind::audio) << name;
    EXPECT_EQ(processed.mime, mime) << name;
    EXPECT_NEAR(processed.duration_s.value_or(0), 2, 0.2) << name;
    ASSERT_TRUE(look(processed).audio) << name;
    EXPECT_EQ(look(processed).audio->codec, codec) << name;
    EXPECT_FALSE(is_private(content_of(processed.original))) << name;
    EXPECT_TRUE(processed.preview.empty());
    EXPECT_TRUE(processed.blurhash.empty());
  }
}

TEST(Audio, LosesItsCoverPicture) {
  Studio studio;
  auto image = red_blue(64, 64);
  add_private_metadata(image.get());
  save(image.get(), studio.folder / "cover.jpg");
  auto file =
      studio.make("a.mp3", tone + "-i " + (studio.folder / "cover.jpg").string() +
                               " -map 0 -map 1 -c:v copy -c:a libmp3lame -disposition:v attached_pic");
  ASSERT_TRUE(is_private(content_of(file)));
  auto processed = studio.accepted(file);
  EXPECT_EQ(processed.kind, Kind::audio);
  EXPECT_FALSE(is_private(content_of(processed.original)));
}

TEST(Probe, ReadsTracksAndTurnsThePicture) {
  auto recording = parse_probe(R"(streams.stream.0.index=0
streams.stream.0.codec_name="mjpeg"
streams.stream.0.codec_type="video"
streams.stream.0.disposition.attached_pic=1
streams.stream.1.index=1
streams.stream.1.codec_name="h264"
streams.stream.1.codec_type="video"
streams.stream.1.width=1920
streams.stream.1.height=1080
streams.stream.1.pix_fmt="yuv420p"
streams.stream.1.avg_frame_rate="30000/1001"
streams.stream.1.nb_frames="60"
streams.stream.1.side_data_list.side_data.0.rotation=-90
format.duration="2.002"
)");
  ASSERT_TRUE(recording.video);
  EXPECT_EQ(recording.video->index, 1);
  EXPECT_EQ(recording.video->width, 1080);
  EXPECT_EQ(recording.video->height, 1920);
  EXPECT_NEAR(recording.video->frame_rate, 29.97, 0.01);
  EXPECT_EQ(recording.video->frames, 60u);
  EXPECT_FALSE(recording.audio);
  EXPECT_EQ(recording.duration_s, 2.002);
  EXPECT_FALSE(recording.bitrate);
}

TEST(Probe, BearsNonsense) {
  for (auto text : {"", "=", "\n\n", "streams.stream.0.codec_type=", "streams.stream.0.codec_type=\"",
                    "format.duration=\"nan\"", "format.duration=\"N/A\""}) {
    auto recording = parse_probe(text);
    EXPECT_FALSE(recording.video);
    EXPECT_FALSE(recording.duration_s);
  }
  auto recording =
      parse_probe("streams.stream.0.codec_type=\"video\"\nstreams.stream.0.avg_frame_rate=\"0/0\"\n");
  EXPECT_EQ(recording.video->frame_rate, 0);
}

}  // namespace
}  // namespace posy::media
