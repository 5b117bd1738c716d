// Report entities: for who makes one, and in the notifications of moderators.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "api/render/renderer.hpp"
#include "store/notification.hpp"

namespace posy::api {

std::vector<store::ReportId> reports_named_by(std::vector<store::Notification> const& notifications);
// By id; those that are gone are absent.
std::unordered_map<store::ReportId, std::string> render_reports(db::Reader& r, Renderer& render,
                                                                std::vector<store::ReportId> const& ids);
std::string render_report(db::Reader& r, Renderer& render, store::ReportId id);  // not_found when it is not there

}  // namespace posy::api
