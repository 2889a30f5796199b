#pragma once

// Formatting of text for messages: {fmt}, compiled once in base/text.cpp.
#include <fmt/format.h>
