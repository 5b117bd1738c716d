#include "http/test_certificates.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <fstream>

#include "base/random.hpp"

namespace posy::http::testing {
namespace {

constexpr long day = 24 * 60 * 60;

std::string text_of(BIO* bio) {
  char* bytes = nullptr;
  long size = BIO_get_mem_data(bio, &bytes);
  std::string text(bytes, static_cast<std::size_t>(size));
  BIO_free(bio);
  return text;
}

std::string pem(X509* certificate) {
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(bio, certificate);
  return text_of(bio);
}

std::string pem(EVP_PKEY* key) {
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
  return text_of(bio);
}

void extend(X509* certificate, X509* issuer, int kind, std::string const& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

X509* make(EVP_PKEY* key, std::string const& name, long serial, int days) {
  X509* certificate = X509_new();
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -10 * day);
  X509_gmtime_adj(X509_getm_notAfter(certificate), days * day);
  X509_set_pubkey(certificate, key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                             reinterpret_cast<unsigned char const*>(name.c_str()), -1, -1, 0);
  return certificate;
}

}  // namespace

Authority::Authority() {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = make(key, "An authority for tests", 1, 1);
  X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
  extend(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE");
  X509_sign(certificate, key, EVP_sha256());
  key_ = key;
  certificate_ = certificate;
  file_ = std::filesystem::temp_directory_path() / ("posy-test-" + random_token(8) + ".pem");
  std::ofstream(file_) << pem(certificate);
}

Authority::~Authority() {
  std::filesystem::remove(file_);
  X509_free(static_cast<X509*>(certificate_));
  EVP_PKEY_free(static_cast<EVP_PKEY*>(key_));
}

ServerCertificate Authority::issue(std::string const& name, int days) const {
  auto* issuer = static_cast<X509*>(certificate_);
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = make(key, "A server for tests", 2, days);
  X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
  extend(certificate, issuer, NID_subject_alt_name, name);
  X509_sign(certificate, static_cast<EVP_PKEY*>(key_), EVP_sha256());
  ServerCertificate issued{pem(certificate), pem(key)};
  X509_free(certificate);
  EVP_PKEY_free(key);
  return issued;
}

}  // namespace posy::http::testing
