#include "api/oauth/member_form.hpp"

namespace posy::api {
namespace {

std::string_view sentence_start(std::string_view field) {
  if (field == "username") return "The name ";
  if (field == "email") return "The address ";
  if (field == "password") return "The password ";
  if (field == "agreement") return "The rules ";
  return "The reason ";
}

std::string section_of(std::string_view field) {
  std::string name(field);
  for (char& c : name)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return name + "_ERROR";
}

// Stands in auth_member_fields.html.
bool is_shared(std::string_view field) {
  return field == "username" || field == "email" || field == "password";
}

}  // namespace

social::SignUp make_sign_up(MemberParams const& params) {
  return {.username = params.username.value_or(""),
          .email = params.email.value_or(""),
          .password = params.password.value_or(""),
          .agreement = params.agreement.value_or(false),
          .reason = params.reason.value_or("")};
}

void fill_member_form(html::Values& values, Api const& api, MemberParams const& params,
                      std::vector<social::Complaint> const& complaints) {
  auto fields = values.include("FIELDS", "auth_member_fields.html");
  fields.set("USERNAME", params.username.value_or("")).set("EMAIL", params.email.value_or(""));
  fields.set("DOMAIN", api.site.account_domain);
  values.set("REASON", params.reason.value_or(""));
  for (auto const& complaint : complaints)
    (is_shared(complaint.field) ? fields : values)
        .set_if_any(section_of(complaint.field),
                    std::string(sentence_start(complaint.field)) + complaint.description + ".");
}

}  // namespace posy::api
