#include "http/tls_context.hpp"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace posy::http {

namespace ssl = boost::asio::ssl;

ssl::context make_tls_context(std::string const& ca_file) {
  ssl::context context(ssl::context::tls_client);
  SSL_CTX* raw = context.native_handle();
  SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
  SSL_CTX_set_options(raw, SSL_OP_NO_RENEGOTIATION);
  constexpr unsigned char http_1_1[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  SSL_CTX_set_alpn_protos(raw, http_1_1, sizeof http_1_1);
  boost::system::error_code error;
  context.set_verify_mode(ssl::verify_peer, error);
  if (ca_file.empty()) return context;
  context.load_verify_file(ca_file, error);
  if (error) {
    throw std::runtime_error("The certificates in " + ca_file + " cannot be read: " + error.message());
  }
  return context;
}

void trust_system(ssl::context& context) {
  boost::system::error_code without_certificates;  // such a machine believes nobody
  context.set_default_verify_paths(without_certificates);
}

bool expect_host(SSL* tls, Url const& url) {
  if (url.address) {
    // SNI is for names only (RFC 6066, section 3).
    return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls), url.address->to_string().c_str()) == 1;
  }
  SSL_set_hostflags(tls, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  return SSL_set_tlsext_host_name(tls, url.host.c_str()) == 1 && SSL_set1_host(tls, url.host.c_str()) == 1;
}

std::string explain_tls(SSL* tls, boost::system::error_code const& error) {
  long verdict = SSL_get_verify_result(tls);
  if (verdict != X509_V_OK) return X509_verify_cert_error_string(verdict);
  return error.message();
}

}  // namespace posy::http
