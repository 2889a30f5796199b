#include "compiler/diff/patterns.hpp"

#include <algorithm>
#include <set>

namespace stackc::diff {
namespace {

using Kind = Token::Kind;

constexpr char kOther = '\x01';  // a character that no pattern has
constexpr std::size_t kMaxSteps = 20'000;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// A place in one of the wide patterns.
struct Spot {
  std::uint16_t pattern;
  std::uint16_t at;
  auto operator<=>(const Spot&) const = default;
};
using Spots = std::vector<Spot>;  // sorted, each once

/// Runs the narrow pattern, text by text, through all wide ones at once: the set of places where the wide
/// ones may be. A text that no wide pattern ends with is the counterexample. With `generous`, symbols match
/// whatever they might stand for, so that a counterexample is one for certain.
class Inclusion {
 public:
  Inclusion(const Pattern& narrow, std::span<const Pattern* const> wide, const Symbols& symbols,
            bool generous)
      : narrow_(narrow), wide_(wide), symbols_(symbols), generous_(generous) {
    letters_ = {kOther, ':'};
    for (const Pattern* p : wide) {
      for (const Token& t : *p) {
        if (t.kind == Kind::Char && std::find(letters_.begin(), letters_.end(), t.ch) == letters_.end())
          letters_.push_back(t.ch);
      }
    }
  }

  /// `Maybe` when it took too long.
  Truth run() {
    Spots start;
    for (std::size_t i = 0; i < wide_.size(); ++i) start.push_back({static_cast<std::uint16_t>(i), 0});
    const bool holds = from(0, closed(start));
    return steps_ > kMaxSteps ? Truth::Maybe : holds ? Truth::Yes : Truth::No;
  }

 private:
  [[nodiscard]] const Token* token(Spot s) const {
    const Pattern& p = *wide_[s.pattern];
    return s.at < p.size() ? &p[s.at] : nullptr;
  }
  [[nodiscard]] Symbol::Kind kind_of(const Token& t) const { return symbols_[t.symbol].kind; }
  /// May a wide pattern's symbol stand for any text?
  [[nodiscard]] bool open(const Token& t) const {
    return generous_ && t.kind == Kind::Symbol && kind_of(t) != Symbol::Kind::Generated;
  }

  /// Does a `*` take what comes? One before a symbol may stand inside a segment or at its end.
  [[nodiscard]] bool goes_on(Spot s, bool inside_segment) const {
    const Token& t = *token(s);
    if (t.kind != Kind::Star && t.kind != Kind::SegmentStar) return false;
    const Token* next = token({s.pattern, static_cast<std::uint16_t>(s.at + 1)});
    const bool unsure = next != nullptr && next->kind == Kind::Symbol && !generous_;
    return inside_segment || (t.kind == Kind::Star && !unsure);
  }

  /// With the places behind what may be empty.
  Spots closed(Spots spots) const {
    for (std::size_t i = 0; i < spots.size(); ++i) {
      const Token* t = token(spots[i]);
      if (t == nullptr) continue;
      if (t->kind != Kind::Star && t->kind != Kind::SegmentStar && !open(*t)) continue;
      const Spot next{spots[i].pattern, static_cast<std::uint16_t>(spots[i].at + 1)};
      if (std::find(spots.begin(), spots.end(), next) == spots.end()) spots.push_back(next);
    }
    std::sort(spots.begin(), spots.end());
    spots.erase(std::unique(spots.begin(), spots.end()), spots.end());
    return spots;
  }

  Spots after(const Spots& spots, char letter) const {
    Spots next;
    for (const Spot s : spots) {
      const Token* t = token(s);
      if (t == nullptr) continue;
      const bool stays = goes_on(s, letter != ':') || open(*t);
      const bool passes = t->kind == Kind::Any || (t->kind == Kind::Char && t->ch == letter);
      if (stays) next.push_back(s);
      if (passes) next.push_back({s.pattern, static_cast<std::uint16_t>(s.at + 1)});
    }
    return closed(std::move(next));
  }

  Spots after_symbol(const Spots& spots, const Token& symbol) const {
    Spots next;
    for (const Spot s : spots) {
      const Token* t = token(s);
      if (t == nullptr) continue;
      const bool pseudo = kind_of(symbol) == Symbol::Kind::Pseudo;
      if (*t == symbol) next.push_back({s.pattern, static_cast<std::uint16_t>(s.at + 1)});
      if (goes_on(s, pseudo || generous_) || open(*t)) next.push_back(s);
      if (generous_) jump(s, symbol, next);
    }
    return closed(std::move(next));
  }

  /// Everywhere that the symbol's text might lead. What AWS generates is no text that stands in a pattern,
  /// but may fit one with a `*` in it; it is never what AWS generates for another.
  void jump(Spot s, const Token& symbol, Spots& next) const {
    const bool generated = kind_of(symbol) == Symbol::Kind::Generated;
    bool wild = !generated;
    const Pattern& p = *wide_[s.pattern];
    for (std::size_t at = s.at; at < p.size(); ++at) {
      const Token& t = p[at];
      if (t.kind == Kind::Symbol && t != symbol && kind_of(t) == Symbol::Kind::Generated && generated) return;
      wild = wild || t.kind == Kind::Star || t.kind == Kind::SegmentStar || open(t);
      if (wild) next.push_back({s.pattern, static_cast<std::uint16_t>(at + 1)});
    }
    if (!generated) next.push_back(s);
  }

  [[nodiscard]] bool ends(const Spots& spots) const {
    return std::any_of(spots.begin(), spots.end(), [&](Spot s) { return token(s) == nullptr; });
  }

  bool every_letter(std::size_t at, const Spots& spots, bool colon) {
    return std::all_of(letters_.begin(), letters_.end(), [&](char letter) {
      return (!colon && letter == ':') || from(at, after(spots, letter));
    });
  }

  /// Do all texts of the narrow pattern from `at` on lead from `spots` to an end?
  bool from(std::size_t at, const Spots& spots) {
    if (++steps_ > kMaxSteps || spots.empty()) return false;
    if (at == narrow_.size()) return ends(spots);
    const Token& t = narrow_[at];
    switch (t.kind) {
      case Kind::Char:
        return from(at + 1, after(spots, t.ch));
      case Kind::Symbol:
        return from(at + 1, after_symbol(spots, t));
      case Kind::Any:
        return every_letter(at + 1, spots, true);
      case Kind::Star:
      case Kind::SegmentStar:
        if (!seen_.emplace(at, spots).second) return true;  // under way or done: a failure ends everything
        return from(at + 1, spots) && every_letter(at, spots, t.kind == Kind::Star);
    }
    return false;
  }

  const Pattern& narrow_;
  std::span<const Pattern* const> wide_;
  const Symbols& symbols_;
  bool generous_;
  std::vector<char> letters_;
  std::set<std::pair<std::size_t, Spots>> seen_;
  std::size_t steps_ = 0;
};

bool is_wild(const Token& t) {
  return t.kind == Kind::Star || t.kind == Kind::SegmentStar || t.kind == Kind::Symbol;
}

/// Do they begin with texts that differ? Then no text is in both.
bool begin_apart(const Pattern& a, const Pattern& b) {
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    if (a[i].kind == Kind::Char && b[i].kind == Kind::Char && a[i].ch != b[i].ch) return true;
    if (!(a[i] == b[i]) || (a[i].kind != Kind::Char && a[i].kind != Kind::Symbol)) return false;
  }
  return false;
}

}  // namespace

Pattern pattern(const Text& text, Wild wild, const Symbols& symbols) {
  Pattern out;
  for (const Piece& piece : text.pieces) {
    if (!piece.literal()) {
      out.push_back({Kind::Symbol, 0, piece.symbol});
      continue;
    }
    for (const char c : piece.text) {
      if (c == '*' && wild != Wild::None)
        out.push_back({Kind::Star, 0, 0});
      else if (c == '?' && wild != Wild::None)
        out.push_back({Kind::Any, 0, 0});
      else
        out.push_back({Kind::Char, wild == Wild::Action ? lower(c) : c, 0});
    }
  }
  if (wild != Wild::Arn) return out;
  for (std::size_t i = 0; i + 1 < out.size(); ++i) {
    const bool segment_ends = out[i + 1].kind == Kind::Char && out[i + 1].ch == ':';
    // What a symbol of a resource begins with is not known; only the names of the account's surroundings
    // are sure to begin no segment.
    const bool unsure =
        out[i + 1].kind == Kind::Symbol && symbols[out[i + 1].symbol].kind != Symbol::Kind::Pseudo;
    if (out[i].kind == Kind::Star && !segment_ends && !unsure) out[i].kind = Kind::SegmentStar;
  }
  return out;
}

bool is_everything(const Pattern& p) { return p.size() == 1 && p[0].kind == Kind::Star; }

Truth covered(const Pattern& narrow, std::span<const Pattern* const> all, const Symbols& symbols) {
  std::vector<const Pattern*> wide;
  for (const Pattern* p : all) {
    if (!begin_apart(narrow, *p)) wide.push_back(p);
  }
  if (wide.empty()) return Truth::No;
  const auto same = [&](const Pattern* p) { return *p == narrow || is_everything(*p); };
  if (std::any_of(wide.begin(), wide.end(), same)) return Truth::Yes;
  if (const Truth sure = Inclusion(narrow, wide, symbols, false).run(); sure != Truth::No) return sure;
  return Inclusion(narrow, wide, symbols, true).run() == Truth::No ? Truth::No : Truth::Maybe;
}

bool may_meet(const Pattern& a, const Pattern& b) {
  // Places reached together, from the start; a symbol may stand for anything.
  std::set<std::pair<std::size_t, std::size_t>> seen;
  std::vector<std::pair<std::size_t, std::size_t>> open{{0, 0}};
  while (!open.empty()) {
    const auto [i, j] = open.back();
    open.pop_back();
    if (!seen.emplace(i, j).second) continue;
    if (seen.size() > kMaxSteps || (i == a.size() && j == b.size())) return true;
    const bool wild_a = i < a.size() && is_wild(a[i]), wild_b = j < b.size() && is_wild(b[j]);
    if (wild_a) open.emplace_back(i + 1, j);
    if (wild_b) open.emplace_back(i, j + 1);
    if (i == a.size() || j == b.size()) continue;
    if (wild_a && !wild_b) open.emplace_back(i, j + 1);
    if (wild_b && !wild_a) open.emplace_back(i + 1, j);
    if (wild_a || wild_b) continue;
    if (a[i].kind == Kind::Any || b[j].kind == Kind::Any || a[i] == b[j]) open.emplace_back(i + 1, j + 1);
  }
  return false;
}

}  // namespace stackc::diff
