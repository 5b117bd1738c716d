#include "http/multipart.hpp"

#include <gtest/gtest.h>

namespace posy::http {
namespace {

// Writes down what it is told: "name|filename|type=content;".
struct Record final : MultipartSink {
  std::string text;
  Result<> begin(MultipartPart const& part) override {
    text += part.name + "|" + part.filename.value_or("-") + "|" + part.content_type + "=";
    return {};
  }
  Result<> data(std::string_view bytes) override {
    text += bytes;
    return {};
  }
  Result<> end() override {
    text += ';';
    return {};
  }
};

std::string read(std::string_view body, std::size_t piece = 1'000'000, std::string_view boundary = "AaB") {
  Record record;
  MultipartParser parser(boundary, record);
  for (std::size_t i = 0; i < body.size(); i += piece) {
    if (auto fed = parser.feed(body.substr(i, piece)); !fed) return "refused: " + fed.error().message;
  }
  if (auto finished = parser.finish(); !finished) return "refused: " + finished.error().message;
  return record.text;
}

std::string part(std::string_view head, std::string_view content) {
  return "--AaB\r\n" + std::string(head) + "\r\n\r\n" + std::string(content) + "\r\n";
}

std::string field(std::string_view content) {
  return part("Content-Disposition: form-data; name=\"f\"", content);
}
bool refuses(std::string const& body) {
  return read(body).starts_with("refused") && read(body, 1) == read(body);
}

TEST(Multipart, ReadsFieldsAndFilesInPiecesOfAnySize) {
  std::string body = "preamble\r\n" + part("Content-Disposition: form-data; name=\"a[]\"", "one\r\ntwo") +
                     part(
                         "content-disposition: FORM-DATA; filename=\"x \\\"y\\\".png\"; name=file\r\n"
                         "Content-Type: image/png",
                         std::string_view("\x89PNG\r\n--Aa\r\n\0--AaC", 18)) +
                     part("Content-Disposition: form-data; name=\"e\"", "") + "--AaB--\r\nepilogue --AaB";
  std::string expected =
      "a[]|-|=one\r\ntwo;file|x \"y\".png|image/png=" + std::string("\x89PNG\r\n--Aa\r\n\0--AaC", 18) +
      ";e|-|=;";
  for (std::size_t piece : {1, 2, 3, 5, 7, 64, 1'000'000}) EXPECT_EQ(read(body, piece), expected) << piece;
}

TEST(Multipart, UnderstandsWhatClientsSend) {
  EXPECT_EQ(
      read(part("Content-Disposition: form-data; name=\"f\"; filename=\"C:\\dir\\x.png\"", "1") + "--AaB--"),
      "f|C:\\dir\\x.png|=1;");
  EXPECT_EQ(
      read(part("Content-Disposition: form-data; name=f; filename=\"a\"; filename*=UTF-8''%C3%A9", "1") +
           "--AaB--"),
      "f|é|=1;");
  EXPECT_EQ(
      read(part("Content-Disposition: form-data; name=\"f\"\r\nContent-Transfer-Encoding: binary", "1") +
           "--AaB--"),
      "f|-|=1;");
  EXPECT_EQ(read("--AaB \t\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n1\r\n--AaB--"), "f|-|=1;");
  EXPECT_EQ(read("--AaB--\r\n"), "");
}

TEST(Multipart, RefusesBrokenBodies) {
  std::string const broken[] = {
      "",
      "no boundary at all",
      "--AaB",
      "--AaB\r",
      "--AaB\r\n",
      "--AaB-",
      "--AaBx\r\n",
      "--AaB\n" + field("1").substr(7) + "--AaB--",
      "x--AaB--",
      field("1"),
      field("1") + "--AaB",
      field("1") + "--AaB-",
      field("1") + "--AaC--",
      field("1") + "--AaB\r\n--AaB--",
      part("", "1") + "--AaB--",
      part("Content-Type: text/plain", "1") + "--AaB--",
      part("Content-Disposition: attachment; name=\"f\"", "1") + "--AaB--",
      part("Content-Disposition: form-data", "1") + "--AaB--",
      part("Content-Disposition: form-data; name=\"f", "1") + "--AaB--",
      part("Content-Disposition: form-data; name=\"f\" junk", "1") + "--AaB--",
      part("Content-Disposition: form-data; name=\"\xff\"", "1") + "--AaB--",
      part("Content-Disposition: form-data; name=\"f\"; filename=\"\xc0\x80\"", "1") + "--AaB--",
      part("Content-Disposition: form-data; name=\"f\"; filename*=UTF-8''%00%0a", "1") + "--AaB--",
      part("Content-Disposition: form-data; name=\"f\"\r\nContent-Disposition: form-data; name=\"g\"", "1") +
          "--AaB--",
      part("Content-Disposition: form-data; name=\"f\"\r\n folded: 1", "1") + "--AaB--",
      part("Content-Disposition: form-data; name=\"f\"\r\nno colon", "1") + "--AaB--",
      part("Content-Disposition: form-data; name=\"f\"\r\nContent-Transfer-Encoding: base64", "1") +
          "--AaB--",
      part("Content-Disposition: form-data; name=\"f\"\r\nX: " + std::string(5000, 'x'), "1") + "--AaB--",
      "--AaB\r\nX: " + std::string(5000, 'x'),
      "--AaB" + std::string(100, ' ') + "\r\n",
  };
  for (std::string const& body : broken)
    EXPECT_TRUE(refuses(body)) << body << "\n" << read(body) << read(body, 1);
}

TEST(Multipart, EveryTruncationIsRefused) {
  std::string body = field("one") + field("two") + "--AaB--";
  for (std::size_t bytes = 0; bytes < body.size(); ++bytes)
    EXPECT_TRUE(refuses(body.substr(0, bytes))) << bytes;
  EXPECT_EQ(read(body), "f|-|=one;f|-|=two;");
}

TEST(Multipart, LimitsTheNumberOfParts) {
  std::string body;
  for (int i = 0; i < 1001; ++i) body += field("1");
  EXPECT_EQ(read(body + "--AaB--"), "refused: Too many multipart parts");
}

TEST(MultipartBoundary, IsReadFromTheContentType) {
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=AaB"), "AaB");
  EXPECT_EQ(multipart_boundary("Multipart/Form-Data ; charset=utf-8;BOUNDARY=\"a b:c\""), "a b:c");
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=" + std::string(70, 'x')),
            std::string(70, 'x'));
  for (std::string type : {std::string("multipart/form-data"), std::string("multipart/form-data; boundary="),
                           std::string("multipart/form-data; boundary=\"\""),
                           std::string("multipart/form-data; boundary=\"x \""),
                           std::string("multipart/form-data; boundary=\"x\r\ny\""),
                           std::string("multipart/form-data; boundary=\"never closed"),
                           "multipart/form-data; boundary=" + std::string(71, 'x'),
                           std::string("multipart/mixed; boundary=x"), std::string("")}) {
    EXPECT_FALSE(multipart_boundary(type)) << type;
  }
}

}  // namespace
}  // namespace posy::http
