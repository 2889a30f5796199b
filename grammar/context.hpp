#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace stackc::grammar {

/// What the rules must know beyond the next characters: the state that every rule is matched with
/// (a parser's own state derives from it).
struct Context {
  bool lines_free = false;  // inside `( )` and an index's `[ ]` a line break is only space
  std::uint32_t depth = 0;  // open brackets and arms of choices
  std::uint32_t max_depth = 200;
  std::vector<std::size_t> openers;  // offsets of the brackets and quotes that are open

  // The last answer of `ahead_gap`: several rules ask the same question at the same place.
  std::size_t gap_from = SIZE_MAX;
  std::size_t gap_to = 0;
  bool gap_lines_free = false;
};

/// One level of nesting, for as long as it lives.
class Level {
 public:
  explicit Level(Context& context) : context_(context) { ++context_.depth; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;
  ~Level() { --context_.depth; }

 private:
  Context& context_;
};

/// An open bracket: how line breaks count inside it, and where it was opened.
class Opened {
 public:
  Opened(Context& context, std::size_t opener, bool lines_free)
      : level_(context), context_(context), outer_lines_free_(context.lines_free) {
    context_.openers.push_back(opener);
    context_.lines_free = lines_free;
  }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;
  ~Opened() {
    context_.openers.pop_back();
    context_.lines_free = outer_lines_free_;
  }

 private:
  Level level_;
  Context& context_;
  bool outer_lines_free_;
};

}  // namespace stackc::grammar
