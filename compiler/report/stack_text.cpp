#include "compiler/report/stack_text.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/diag/paint.hpp"
#include "compiler/diag/unicode.hpp"
#include "compiler/diag/wrap.hpp"
#include "compiler/report/value_lines.hpp"
#include "compiler/report/words.hpp"

namespace stackc::report {

namespace {

constexpr std::size_t kIdColumns = 44;  // longer ones push what follows to the right
constexpr std::size_t kTypeColumns = 40;
constexpr std::size_t kNarrowest = 40;
constexpr std::size_t kEntryColumns = 19;  // in front of an entry's name
constexpr std::string_view kPropertyIndent = "        ";
constexpr std::string_view kDetailIndent = "            ";

Style style_of(diff::Action action) {
  switch (action) {
    case diff::Action::Create:
      return Style::Help;
    case diff::Action::Delete:
    case diff::Action::Replace:
      return Style::Error;
    case diff::Action::MayReplace:
    case diff::Action::Interrupt:
      return Style::Warning;
    case diff::Action::Update:
      return Style::Note;
    case diff::Action::Move:
    case diff::Action::None:
      break;
  }
  return Style::Secondary;
}

Style style_of(char symbol) {
  return symbol == '+' ? Style::Help : symbol == '-' ? Style::Error : Style::Note;
}

/// `output` of `Outputs`.
std::string kind_of(std::string_view section) {
  std::string kind{section};
  if (kind.ends_with('s')) kind.pop_back();
  if (!kind.empty() && kind[0] >= 'A' && kind[0] <= 'Z') kind[0] = static_cast<char>(kind[0] - 'A' + 'a');
  return kind;
}

class StackText {
 public:
  StackText(std::string& out, const Comparison& comparison, const StackTextOptions& options)
      : comparison_(comparison),
        options_(options),
        width_(std::max<std::size_t>(options.width, kNarrowest)),
        paint_(out, options.colour) {}

  void draw(const diff::StackDiff& stack) {
    put(printable(stack.name), Style::Message);
    if (stack.added) put(" (a new stack)", Style::Help);
    if (stack.removed) put(" (the stack is gone)", Style::Error);
    if (const auto totals = totals_text(stack.totals); !totals.empty()) put(fmt::format(": {}", totals));
    end();
    id_columns_ = 0;
    type_columns_ = 0;
    for (const auto& change : stack.resources) {
      id_columns_ = std::max<std::size_t>(id_columns_, columns(printable(change.id)));
      type_columns_ = std::max<std::size_t>(type_columns_, columns(printable(change.type)));
    }
    id_columns_ = std::min(id_columns_, kIdColumns);
    type_columns_ = std::min(type_columns_, kTypeColumns);
    std::size_t left_out = 0;
    std::size_t harmless = 0;
    for (const auto& change : stack.resources) {
      const auto rank_of_it = rank(change.action);
      const bool counts = rank_of_it > rank(diff::Action::Interrupt);
      if (rank_of_it <= options_.listed && (!counts || harmless++ < options_.harmless)) {
        put_resource(change);
      } else {
        ++left_out;
      }
    }
    const bool all = options_.listed >= rank(diff::Action::None);
    if (all) {
      for (const auto& entry : stack.entries) put_entry(entry);
    } else {
      left_out += stack.entries.size();
    }
    if (left_out > 0) put_left_out(left_out);
  }

 private:
  void put_resource(const diff::ResourceChange& change) {
    const auto style = style_of(change.action);
    const auto id = padded(printable(change.id), id_columns_);
    const auto type = padded(printable(change.type), type_columns_);
    put(fmt::format("  {:<5}{:<12}", symbol_of(change.action), verb_of(change.action)), style);
    put(id, Style::Message);
    put("  ");
    put(type);
    if (const auto place = place_text(place_of(change), comparison_); !place.empty()) {
      const bool fits = kEntryColumns + columns(id) + 2 + columns(type) + 2 + columns(place) <= width_;
      if (!fits) end();
      put(fmt::format("{}{}", fits ? "  " : "        at ", place), Style::Gutter);
    }
    end();
    if (!change.old_id.empty() || !change.old_stack.empty()) put_move(change);
    if (const auto fate = fate_text(change); !fate.empty()) put_detail(fate, Style::Warning);
    if (rank(change.action) <= options_.detailed) {
      for (const auto& property : change.properties) put_property(property);
    }
    if (!change.acknowledged.empty()) {
      put_detail(fmt::format("acknowledged: {}", printable(change.acknowledged)), Style::Help);
    }
  }

  void put_left_out(std::size_t count) {
    put(fmt::format("  … {} more change{}: nothing that is replaced, interrupted or deleted", count,
                    count == 1 ? "" : "s"));
    end();
  }

  /// Logical IDs are all that a deployment knows of: without a refactoring it deletes the one and makes the
  /// other.
  void put_move(const diff::ResourceChange& change) {
    const bool maps = change.action != diff::Action::Replace && change.action != diff::Action::Delete;
    put_detail(fmt::format("was {}{}", old_name(change),
                           maps ? "; a stack refactoring moves it (`--refactor FILE` writes the mapping)" : ""),
               Style::Plain);
    if (!maps) return;
    const bool kept = change.before != nullptr && change.before->deletion_policy.starts_with("Retain");
    put_detail(fmt::format("a deployment without that makes a new one and {}",
                           kept ? "leaves this one behind" : "deletes this one"),
               Style::Warning);
  }

  static std::string old_name(const diff::ResourceChange& change) {
    const auto id = printable(change.old_id.empty() ? change.id : change.old_id);
    return change.old_stack.empty() ? id : fmt::format("{} of the stack {}", id, printable(change.old_stack));
  }

  void put_detail(std::string_view text, Style style) {
    const auto room = static_cast<std::uint32_t>(width_ - kDetailIndent.size());
    bool first = true;
    for (const auto& line : options_.wrap ? wrapped(text, room) : std::vector<std::string>{std::string{text}}) {
      put(first ? kPropertyIndent : kDetailIndent);
      put(line, style);
      end();
      first = false;
    }
  }

  void put_property(const diff::PropertyChange& change) {
    put_change(change.path, change.before, change.after, change.secret, std::string{force_text(change)});
    const bool matters = change.replacement != schema::Replacement::No || change.interrupts;
    put_chain(change.chain);
    const auto* shown = change.after != nullptr ? change.after : change.before;
    if (!matters || shown == nullptr) return;
    if (const auto place = place_text(shown->origin, comparison_); !place.empty()) {
      put(kDetailIndent);
      put(fmt::format("at {}", place), Style::Gutter);
      end();
    }
  }

  void put_chain(const diff::Chain& chain) {
    const auto text = chain_text(chain);
    if (text.empty()) return;
    constexpr std::string_view kBecause = "because of ";
    const auto room = static_cast<std::uint32_t>(width_ - kDetailIndent.size() - kBecause.size());
    bool first = true;
    for (const auto& line : options_.wrap ? wrapped(text, room) : std::vector<std::string>{text}) {
      put(kDetailIndent);
      put(first ? kBecause : "           ", Style::Secondary);
      put(line);
      end();
      first = false;
    }
  }

  /// `~    output      Vpc.Value: …`: what it is, where a resource has what happens to it.
  void put_entry(const diff::EntryChange& entry) {
    const char symbol = entry.before == nullptr ? '+' : entry.after == nullptr ? '-' : '~';
    put(fmt::format("  {:<5}{:<12}", symbol, entry.id.empty() ? "template" : kind_of(entry.section)),
        style_of(symbol));
    put_values(printable(name_of(entry)), entry.before, entry.after, entry.secret, {}, kEntryColumns);
    put_chain(entry.chain);
  }

  /// `Vpc.Value`, `Sizes[Big]`; what is the template's own has the section in its path: `Metadata.Team`.
  static std::string name_of(const diff::EntryChange& entry) {
    if (entry.id.empty()) return entry.path.empty() ? std::string{entry.section} : entry.path;
    if (entry.path.empty()) return std::string{entry.id};
    return fmt::format("{}{}{}", entry.id, entry.path.starts_with('[') ? "" : ".", entry.path);
  }

  /// `~ Path: before → after`, or the values below each other when they are long.
  void put_change(const std::string& path, ir::ValueRef before, ir::ValueRef after, bool secret,
                  const std::string& remark) {
    const char symbol = before == nullptr ? '+' : after == nullptr ? '-' : '~';
    put(kPropertyIndent);
    put(fmt::format("{} ", symbol), style_of(symbol));
    put_values(printable(path), before, after, secret, remark, kPropertyIndent.size() + 2);
  }

  /// `Path: before → after`, or the values below each other when they are long. `used`: columns of the line.
  void put_values(const std::string& path, ir::ValueRef before, ir::ValueRef after, bool secret,
                  const std::string& remark, std::size_t used) {
    const auto lines = value_lines(before, after, secret, width_ - kDetailIndent.size() - 2);
    const bool both = before != nullptr && after != nullptr;
    // The same words for another value: what they stand for changes.
    const bool same = both && lines.before == lines.after && lines.rows.empty();
    const auto needed = used + columns(path) + 2 + columns(lines.before) + 3 + columns(lines.after) +
                        (options_.wrap && !remark.empty() ? 2 + columns(remark) : 0);
    const bool fits = same || (lines.rows.empty() && needed <= width_);
    const auto plain = both ? Style::Plain : style_of(lines.symbol);
    put(path);
    if (same) {
      put(fmt::format(": {} ", lines.after));
      put("(another value)", Style::Secondary);
    } else if (fits && (before != nullptr || after != nullptr)) {
      put(": ");
      put(lines.before, plain);
      if (both) put(" → ");
      put(lines.after, both ? Style::Message : plain);
    }
    if (!remark.empty()) put(fmt::format("  {}", remark), Style::Warning);
    end();
    if (fits) return;
    for (const auto& row : rows_of(lines)) {
      put(kDetailIndent);
      put(fmt::format("{} {}", row.symbol, row.text),
          row.symbol == ' ' ? Style::Plain : style_of(row.symbol));
      end();
    }
  }

  static std::string padded(std::string text, std::size_t to) {
    const std::size_t have = columns(text);
    if (have < to) text.append(to - have, ' ');
    return text;
  }

  void put(std::string_view text, Style style = Style::Plain) { paint_.put(text, style); }
  void end() { paint_.end_line(); }

  const Comparison& comparison_;
  const StackTextOptions& options_;
  std::size_t width_;
  Painter paint_;
  std::size_t id_columns_ = 0;
  std::size_t type_columns_ = 0;
};

}  // namespace

void append_stack(std::string& out, const diff::StackDiff& stack, const Comparison& comparison,
                  const StackTextOptions& options) {
  StackText{out, comparison, options}.draw(stack);
}

}  // namespace stackc::report
