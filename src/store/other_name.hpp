// By what people and posts elsewhere are asked for besides their ids: a handle with the host of her id where that is
// not the domain behind her @, and the addresses of pages. One handle and one page of an account, one page of a post:
// nobody can fill the table with names of one thing.
#pragma once

#include <string>
#include <string_view>

#include "store/account.hpp"
#include "store/post.hpp"

namespace posy::store {

constexpr std::size_t other_name_bytes_max = 2048;

// "Alice@web.a.example": where nobody has just this handle.
std::optional<Account> find_account_by_other_handle(db::Reader& r, std::string_view username, std::string_view host);
void put_other_handle(db::Writer& w, Account const& account, std::string_view host);

struct PageOf {
  AccountId account;
  PostId post;
};
BOOST_DESCRIBE_STRUCT(PageOf, (), (account, post))
std::optional<PageOf> find_page_of(db::Reader& r, std::string_view address);
void put_page_of(db::Writer& w, std::string_view address, PageOf const& of);

}  // namespace posy::store
