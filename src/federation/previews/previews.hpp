// Fetches the pages that posts link to, as they fall due (social/link_preview.hpp says when): one after the other of
// one host, with a pause, and few of it at a time, so that one slow or hostile site holds up no others.
#pragma once

#include "federation/previews/page.hpp"
#include "federation/pump.hpp"

namespace posy::federation {

class Fetcher;

class Previews {
 public:
  Previews(Context& context, PreviewTools const& tools);

  void start() { pump_->start(); }
  void wake() { pump_->wake(); }
  // What is under way ends with the client, and is taken up again after the next start.
  void stop();

 private:
  std::shared_ptr<Fetcher> fetcher_;
  std::shared_ptr<Pump<store::LinkPreview>> pump_;
};

}  // namespace posy::federation
