#include "media/picture.hpp"

#include <future>

#include "media/test_fixtures.hpp"

namespace posy::media {
namespace {

using namespace testing;
using namespace std::chrono_literals;

std::string const sound_answer = "picture image/png 9 9 9 9 LEHV6nWB2yk8pyo0adR*.7kCMdnj #00ff7f";

// Bash in the place of posy-media: its first argument, the upload, is its script; $1 and $2 are the files to
// fill. So a test can say what a program would do that a stranger's file has taken over.
struct TakenOver {
  Folder folder;
  PictureJob job;

  explicit TakenOver(std::string const& script) {
    job = job_for(folder.write("upload", script));
    job.mime = "image/png";
    job.original = folder.write("original", "");
    job.preview = folder.write("preview", "");
    save(red_blue(9, 9).get(), folder / "a.png");
    save(red_blue(9, 9).get(), folder / "a.webp");
  }
  // Good files, with which only the answer is to blame.
  TakenOver& with_files() {
    fs::copy(folder / "a.png", job.original, fs::copy_options::overwrite_existing);
    fs::copy(folder / "a.webp", job.preview, fs::copy_options::overwrite_existing);
    return *this;
  }
  Result<PictureAnswer> run(Limits const& limits = {}) const {
    return run_picture_program(job, limits, content_of("/bin/bash"));
  }
  void expect_refused(std::string_view sentence, Limits const& limits = {}) const {
    auto answer = run(limits);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().refusal, Refusal::unprocessable);
    EXPECT_EQ(answer.error().message, sentence);
  }
};

constexpr std::string_view no_result = "The image cannot be processed";

TEST(PictureProgram, IsBelievedWhenAnswerAndFilesAreSound) {
  auto answer = TakenOver("echo '" + sound_answer + "'").with_files().run();
  ASSERT_TRUE(answer);
  EXPECT_EQ(std::get<Picture>(*answer).original_size.width, 9);
}

TEST(PictureProgram, ThatTalksRubbishIsNotBelieved) {
  TakenOver("true").with_files().expect_refused(no_result);
  TakenOver("echo rubbish").with_files().expect_refused(no_result);
  TakenOver("echo '" + sound_answer + "'; echo more").with_files().expect_refused(no_result);
  TakenOver("printf '%s' '" + sound_answer + "'").with_files().expect_refused(no_result);
  TakenOver("while printf '" + sound_answer + "\\n'; do :; done")
      .with_files()
      .expect_refused("The image takes too long to process", {.image_time_max = 500ms});
  TakenOver("for i in {1..9999}; do echo '" + sound_answer + "'; done")
      .with_files()
      .expect_refused(no_result);
  TakenOver("head -c 100000 /dev/urandom").with_files().expect_refused(no_result);
}

TEST(PictureProgram, ThatBreaksOffIsNotBelieved) {
  std::string const answer = "echo '" + sound_answer + "'; ";
  TakenOver(answer + "exit 5").with_files().expect_refused(no_result);
  TakenOver(answer + "ulimit -St 1; while :; do :; done")
      .with_files()
      .expect_refused("The image takes too long to process");
  TakenOver(answer + "ulimit -s 256; f() { f; }; f")  // until the stack is full: SIGSEGV
      .with_files()
      .expect_refused(no_result);
}

TEST(PictureProgram, ThatHangsIsEnded) {
  TakenOver("sleep 100").expect_refused("The image takes too long to process", {.image_time_max = 300ms});
}

TEST(PictureProgram, MustHaveWrittenWhatItSays) {
  std::string const answer = "echo '" + sound_answer + "'; ";
  TakenOver(answer).expect_refused(no_result);  // nothing
  TakenOver(answer + "echo '<script>' > $1").with_files().expect_refused(no_result);
  TakenOver(answer + "echo '<script>' > $2").with_files().expect_refused(no_result);
  TakenOver("echo '" + sound_answer + "' | sed s/png/jpeg/").with_files().expect_refused(no_result);
}

TEST(PictureProgram, CannotFillTheDisk) {
  TakenOver("exec dd if=/bin/bash of=$1 bs=1M seek=80 count=1")
      .expect_refused("The image is too large once it is converted");
}

TEST(PictureProgram, SaysWhenTheMachineIsAtFault) {
  EXPECT_THROW(TakenOver("echo 'No space left' >&2; exit 1").run(), std::runtime_error);
  TakenOver job("");
  EXPECT_EQ(run_picture_program(job.job, {}, "no program").error().refusal, Refusal::unavailable);
}

TEST(PictureProgram, RunsManyAtOnce) {
  Folder folder, work;
  save(red_blue(300, 200).get(), folder / "a.png");
  std::vector<std::future<Result<Processed>>> running;
  for (int i = 0; i < 4; ++i) {
    running.push_back(std::async(std::launch::async, [&] { return process(folder / "a.png", work.path()); }));
  }
  for (auto& one : running) {
    auto processed = one.get();
    ASSERT_TRUE(processed);
    EXPECT_EQ(processed->original_size.width, 300);
  }
  EXPECT_EQ(work.file_count(), 8u);
}

TEST(PictureProgram, NeedsAFolderToWorkIn) {
  Folder folder;
  save(red_blue(9, 9).get(), folder / "a.png");
  EXPECT_THROW((void)process(folder / "a.png", folder / "nowhere"), std::runtime_error);
}

}  // namespace
}  // namespace posy::media
