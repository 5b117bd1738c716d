#include "api/render/words.hpp"

#include <string>

#include "base/enum_names.hpp"
#include "base/error.hpp"

namespace posy::api {

using store::QuotePolicy;
using store::SourceType;
using store::Visibility;

namespace {

constexpr EnumName<Visibility> visibility_names[] = {
    {Visibility::everyone, "public"},
    {Visibility::unlisted, "unlisted"},
    {Visibility::followers, "private"},
    {Visibility::direct, "direct"},
};
constexpr EnumName<QuotePolicy> quote_policy_names[] = {
    {QuotePolicy::everyone, "public"},
    {QuotePolicy::followers, "followers"},
    {QuotePolicy::nobody, "nobody"},
};
constexpr EnumName<SourceType> content_types[] = {
    {SourceType::plain, "text/plain"},
    {SourceType::markdown, "text/markdown"},
};

template <class E, std::size_t count>
E parse(EnumName<E> const (&table)[count], std::string_view name, std::string_view what) {
  if (auto value = find_in(table, name)) return *value;
  refuse(Refusal::unprocessable, "Validation failed: " + std::string(what) + " is not included in the list");
}

}  // namespace

std::string_view visibility_name(Visibility visibility) {
  return name_in(visibility_names, visibility);
}
Visibility parse_visibility(std::string_view name) {
  return parse(visibility_names, name, "Visibility");
}
std::string_view quote_policy_name(QuotePolicy policy) {
  return name_in(quote_policy_names, policy);
}
QuotePolicy parse_quote_policy(std::string_view name) {
  return parse(quote_policy_names, name, "Quote approval policy");
}
store::Reach parse_reach(std::string_view name) {
  return parse(store::reach_names, name, "Reach");
}
std::string_view content_type_name(SourceType type) {
  return name_in(content_types, type);
}
SourceType parse_content_type(std::string_view name) {
  return parse(content_types, name, "Content type");
}

}  // namespace posy::api
