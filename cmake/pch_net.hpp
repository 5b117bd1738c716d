// As pch_core.hpp, with Asio's coroutines and Beast.
#pragma once
#include "pch_core.hpp"

#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <boost/json.hpp>
