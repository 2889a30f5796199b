#include "compiler/base/pattern.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace stackc {
namespace {

constexpr std::size_t kMaxProgram = 20'000;  // instructions
constexpr std::size_t kMaxWork = 20'000'000;  // instructions times characters
constexpr int kMaxDepth = 100;                // of groups
constexpr std::uint32_t kMaxRepeat = 5'000;
constexpr char32_t kLast = 0x10FFFF;

/// The code points of UTF-8 text; a broken byte stands for itself.
std::u32string decode(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t c = length == 1 ? lead : lead & (0x7Fu >> length);
    if (i + length > text.size()) return out;
    for (std::size_t k = 1; k < length; ++k) c = (c << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
    out.push_back(c);
    i += length;
  }
  return out;
}

struct Range {
  char32_t low, high;
};
using Class = std::vector<Range>;

bool contains(const Class& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(), [&](Range r) { return r.low <= c && c <= r.high; });
}

Class complement(Class ranges) {
  std::sort(ranges.begin(), ranges.end(), [](Range a, Range b) { return a.low < b.low; });
  Class out;
  char32_t next = 0;
  for (const Range r : ranges) {
    if (r.low > next) out.push_back({next, r.low - 1});
    next = std::max<char32_t>(next, r.high + 1);
  }
  if (next <= kLast) out.push_back({next, kLast});
  return out;
}

bool is_word(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

enum class Op : std::uint8_t { Match, Take, Fork, Jump, AtBegin, AtEnd, AtWord, NotAtWord };
struct Instruction {
  Op op;
  std::uint32_t a = 0, b = 0;  // a class, or where to go on
};

/// A pattern as instructions; `Fork` tries both ways at once.
class Compiler {
 public:
  explicit Compiler(std::u32string pattern) : pattern_(std::move(pattern)) {}

  bool compile() {
    alternatives();
    emit({Op::Match});
    return !failed_ && at_ == pattern_.size();
  }
  [[nodiscard]] const std::vector<Instruction>& program() const { return program_; }
  [[nodiscard]] const std::vector<Class>& classes() const { return classes_; }

 private:
  [[nodiscard]] bool more() const { return !failed_ && at_ < pattern_.size(); }
  [[nodiscard]] bool sees(char32_t c) const { return more() && pattern_[at_] == c; }
  bool accept(char32_t c) {
    const bool yes = sees(c);
    at_ += yes ? 1 : 0;
    return yes;
  }
  void fail() { failed_ = true; }
  [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(program_.size()); }
  std::uint32_t emit(Instruction i) {
    if (program_.size() >= kMaxProgram) fail();
    if (!failed_) program_.push_back(i);
    return here() - 1;
  }
  void take(Class ranges) {
    emit({Op::Take, static_cast<std::uint32_t>(classes_.size())});
    classes_.push_back(std::move(ranges));
  }

  /// `a|b|c`
  void alternatives() {
    if (++depth_ > kMaxDepth) return fail();
    std::vector<std::uint32_t> ends;
    std::uint32_t begin = here();
    sequence();
    while (accept('|')) {
      insert_fork(begin);
      ends.push_back(emit({Op::Jump}));
      if (failed_) return;
      program_[begin].b = here();
      begin = here();
      sequence();
    }
    for (const std::uint32_t end : ends) program_[end].a = here();
    --depth_;
  }

  /// Makes room at `begin` for a fork into what follows it and what comes next.
  void insert_fork(std::uint32_t begin) {
    if (program_.size() >= kMaxProgram) fail();
    if (failed_) return;
    shift(begin, 1, begin);
    program_.insert(program_.begin() + begin, {Op::Fork, begin + 1, 0});
  }
  /// Adds `by` to the targets of all instructions from `from` on that point to `low` or later.
  void shift(std::uint32_t from, std::uint32_t by, std::uint32_t low) {
    for (std::size_t i = from; i < program_.size(); ++i) {
      Instruction& in = program_[i];
      if (in.op != Op::Jump && in.op != Op::Fork) continue;
      if (in.a >= low) in.a += by;
      if (in.op == Op::Fork && in.b >= low) in.b += by;
    }
  }

  void sequence() {
    while (more() && !sees('|') && !sees(')')) {
      const std::uint32_t begin = here();
      atom();
      repetition(begin);
    }
  }

  void atom() {
    const char32_t c = pattern_[at_++];
    switch (c) {
      case '(':
        if (accept('?') && !accept(':')) return fail();  // looks around, or has a name or flags
        alternatives();
        if (!accept(')')) fail();
        return;
      case '[': return take(bracket());
      case '.': return take({{0, '\n' - 1}, {'\n' + 1, kLast}});
      case '^': emit({Op::AtBegin}); return;
      case '$': emit({Op::AtEnd}); return;
      case '\\': return escaped();
      case '*':
      case '+':
      case '?': return fail();
      default: take({{c, c}});
    }
  }

  void escaped() {
    if (!more()) return fail();
    const char32_t c = pattern_[at_];
    if (c == 'b' || c == 'B') {
      ++at_;
      emit({c == 'b' ? Op::AtWord : Op::NotAtWord});
    } else if (c == 'A' || c == 'z' || c == 'Z') {
      ++at_;
      emit({c == 'A' ? Op::AtBegin : Op::AtEnd});
    } else {
      take(escape());
    }
  }

  /// What stands behind a backslash.
  Class escape() {
    const char32_t c = more() ? pattern_[at_++] : 0;
    switch (c) {
      case 'd': return {{'0', '9'}};
      case 'D': return complement({{'0', '9'}});
      case 'w': return {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
      case 'W': return complement({{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}});
      case 's': return {{'\t', '\r'}, {' ', ' '}};
      case 'S': return complement({{'\t', '\r'}, {' ', ' '}});
      case 't': return {{'\t', '\t'}};
      case 'n': return {{'\n', '\n'}};
      case 'r': return {{'\r', '\r'}};
      case 'f': return {{'\f', '\f'}};
      case 'v': return {{'\v', '\v'}};
      case 'x': return hexadecimal(2);
      case 'u': return hexadecimal(4);
      default:
        if (is_word(c) || c == 0) fail();  // a reference back, a property of Unicode, …
        return {{c, c}};
    }
  }
  Class hexadecimal(int digits) {
    char32_t value = 0;
    for (; digits > 0; --digits) {
      const char32_t c = more() ? pattern_[at_++] : 0;
      const bool decimal = c >= '0' && c <= '9';
      const char32_t lower = c | 0x20u;
      if (!decimal && !(lower >= 'a' && lower <= 'f')) fail();
      value = value * 16 + (decimal ? c - '0' : lower - 'a' + 10);
    }
    return {{value, value}};
  }

  Class bracket() {
    const bool negated = accept('^');
    Class out;
    bool first = true;
    while (more() && (first || !sees(']'))) {
      first = false;
      if (sees('[') || (sees('&') && at_ + 1 < pattern_.size() && pattern_[at_ + 1] == '&')) fail();  // Java's sets
      Class low = one_of_bracket();
      const bool range = sees('-') && at_ + 1 < pattern_.size() && pattern_[at_ + 1] != ']';
      if (range && low.size() == 1 && low[0].low == low[0].high) {
        ++at_;
        const Class high = one_of_bracket();
        if (high.size() != 1 || high[0].low != high[0].high || high[0].low < low[0].low) fail();
        if (!failed_) low[0].high = high[0].low;
      }
      out.insert(out.end(), low.begin(), low.end());
    }
    if (!accept(']')) fail();
    return negated ? complement(std::move(out)) : out;
  }
  Class one_of_bracket() {
    if (!more()) {
      fail();
      return {};
    }
    if (accept('\\')) {
      if (accept('b')) return {{'\b', '\b'}};
      return escape();
    }
    const char32_t c = pattern_[at_++];
    return {{c, c}};
  }

  /// `*`, `+`, `?`, `{m,n}` behind what was emitted from `begin` on.
  void repetition(std::uint32_t begin) {
    std::uint32_t low = 1, high = 1;
    bool open = false;
    const std::size_t before = at_;
    if (accept('*')) {
      low = 0;
      open = true;
    } else if (accept('+')) {
      open = true;
    } else if (accept('?')) {
      low = 0;
    } else if (accept('{')) {
      low = number();
      high = low;
      if (accept(',')) {
        open = sees('}');
        high = open ? low : number();
      }
      if (!accept('}') || high < low) fail();
    }
    if (failed_ || at_ == before) return;
    if (!accept('?')) accept('+');  // lazy and greedy find the same, possessive nearly
    if (sees('*') || sees('+') || sees('?') || sees('{')) return fail();
    repeat(begin, low, high, open);
  }
  std::uint32_t number() {
    std::uint32_t out = 0;
    const std::size_t before = at_;
    while (more() && pattern_[at_] >= '0' && pattern_[at_] <= '9' && out <= kMaxRepeat) out = out * 10 + (pattern_[at_++] - U'0');
    if (at_ == before || out > kMaxRepeat) fail();
    return out;
  }

  void repeat(std::uint32_t begin, std::uint32_t low, std::uint32_t high, bool open) {
    const std::vector<Instruction> body(program_.begin() + begin, program_.end());
    program_.resize(begin);
    for (std::uint32_t i = 0; i < low && !failed_; ++i) append(body, begin);
    if (open) {
      const std::uint32_t fork = emit({Op::Fork, here() + 1});
      append(body, begin);
      emit({Op::Jump, fork});
      if (!failed_) program_[fork].b = here();
      return;
    }
    std::vector<std::uint32_t> forks;
    for (std::uint32_t i = low; i < high && !failed_; ++i) {
      forks.push_back(emit({Op::Fork, here() + 1}));
      append(body, begin);
    }
    for (const std::uint32_t fork : forks) program_[fork].b = here();
  }
  /// Another copy of `body`, whose targets are as if it stood at `was`.
  void append(const std::vector<Instruction>& body, std::uint32_t was) {
    if (program_.size() + body.size() > kMaxProgram) fail();
    if (failed_) return;
    const std::uint32_t by = here() - was;
    for (Instruction in : body) {
      if (in.op == Op::Jump || in.op == Op::Fork) {
        in.a += by;
        in.b += by;
      }
      program_.push_back(in);
    }
  }

  const std::u32string pattern_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool failed_ = false;
  std::vector<Instruction> program_;
  std::vector<Class> classes_;
};

/// Goes through the text once, with all places of the program that can be reached by then.
class Run {
 public:
  Run(const Compiler& compiled, const std::u32string& text)
      : program_(compiled.program()), classes_(compiled.classes()), text_(text), seen_(program_.size(), kNever) {}

  bool found() {
    std::vector<std::uint32_t> now, next;
    for (std::size_t i = 0; i <= text_.size(); ++i) {
      if (follow(0, i, now)) return true;
      if (i == text_.size()) return false;
      next.clear();
      for (const std::uint32_t place : now) {
        if (contains(classes_[program_[place].a], text_[i]) && follow(place + 1, i + 1, next)) return true;
      }
      std::swap(now, next);
    }
    return false;
  }

 private:
  static constexpr std::size_t kNever = ~std::size_t{0};

  /// Adds the places at which a character is taken next, from `start` on. True: the pattern has matched.
  bool follow(std::uint32_t start, std::size_t at, std::vector<std::uint32_t>& places) {
    pending_.assign(1, start);
    while (!pending_.empty()) {
      const std::uint32_t place = pending_.back();
      pending_.pop_back();
      if (seen_[place] == at) continue;
      seen_[place] = at;
      const Instruction& in = program_[place];
      switch (in.op) {
        case Op::Match: return true;
        case Op::Take: places.push_back(place); break;
        case Op::Fork: pending_.push_back(in.b); [[fallthrough]];
        case Op::Jump: pending_.push_back(in.a); break;
        default:
          if (stands(in.op, at)) pending_.push_back(place + 1);
      }
    }
    return false;
  }
  [[nodiscard]] bool stands(Op op, std::size_t at) const {
    if (op == Op::AtBegin) return at == 0;
    if (op == Op::AtEnd) return at == text_.size();
    const bool before = at > 0 && is_word(text_[at - 1]);
    const bool after = at < text_.size() && is_word(text_[at]);
    return (before != after) == (op == Op::AtWord);
  }

  const std::vector<Instruction>& program_;
  const std::vector<Class>& classes_;
  const std::u32string& text_;
  std::vector<std::size_t> seen_;  // by place: the last position at which it was reached
  std::vector<std::uint32_t> pending_;
};

}  // namespace

std::optional<bool> pattern_found(std::string_view pattern, std::string_view text) {
  Compiler compiled(decode(pattern));
  if (!compiled.compile()) return std::nullopt;
  const std::u32string characters = decode(text);
  if (compiled.program().size() * (characters.size() + 1) > kMaxWork) return std::nullopt;
  return Run(compiled, characters).found();
}

}  // namespace stackc
