#include <algorithm>

#include "compiler/syntax/format_printer.hpp"

namespace stackc::format_detail {
namespace {

using namespace ast;

std::string_view text_of(BinaryOp op) {
  switch (op) {
    case BinaryOp::Add:
      return "+";
    case BinaryOp::Subtract:
      return "-";
    case BinaryOp::Multiply:
      return "*";
    case BinaryOp::Divide:
      return "/";
    case BinaryOp::Equal:
      return "==";
    case BinaryOp::NotEqual:
      return "!=";
    case BinaryOp::Less:
      return "<";
    case BinaryOp::LessEqual:
      return "<=";
    case BinaryOp::Greater:
      return ">";
    case BinaryOp::GreaterEqual:
      return ">=";
    case BinaryOp::And:
      return "&&";
    case BinaryOp::Or:
      return "||";
    case BinaryOp::Coalesce:
      return "??";
  }
  return {};
}

int precedence(BinaryOp op) {
  switch (op) {
    case BinaryOp::Coalesce:
      return 0;
    case BinaryOp::Or:
      return 1;
    case BinaryOp::And:
      return 2;
    case BinaryOp::Equal:
    case BinaryOp::NotEqual:
      return 3;
    case BinaryOp::Less:
    case BinaryOp::LessEqual:
    case BinaryOp::Greater:
    case BinaryOp::GreaterEqual:
      return 4;
    case BinaryOp::Add:
    case BinaryOp::Subtract:
      return 5;
    case BinaryOp::Multiply:
    case BinaryOp::Divide:
      return 6;
  }
  return 0;
}

}  // namespace

void Printer::expr(ExprId id, Wrap wrap) {
  if (!id.valid() || lost_) return lose();
  const Expr& e = ast_[id];
  if (std::holds_alternative<BinaryExpr>(e.node)) return chain(id, wrap);
  if (std::holds_alternative<ChoiceExpr>(e.node)) return choice(id, wrap);
  if (const auto* n = std::get_if<ListExpr>(&e.node)) return list(*n);
  if (const auto* n = std::get_if<RecordExpr>(&e.node)) return record(*n);
  if (const auto* n = std::get_if<ListComprehension>(&e.node)) return list_comprehension(*n);
  if (const auto* n = std::get_if<MapComprehension>(&e.node)) return map_comprehension(*n);
  if (std::holds_alternative<UnaryExpr>(e.node)) return unary(id);
  if (std::holds_alternative<RangeExpr>(e.node)) return range(id);
  if (const auto* n = std::get_if<RawExpr>(&e.node)) {
    word("raw");
    return expr(n->body);
  }
  if (const auto* n = std::get_if<ParenExpr>(&e.node)) {
    token("(");
    layout_.begin();
    layout_.indent();
    layout_.line(Flat::Nothing);
    expr(n->inner, Wrap::Parentheses);
    comments();
    layout_.outdent();
    layout_.line(Flat::Nothing);
    layout_.end();
    return token(")");
  }
  postfix(id);
}

void Printer::value(ExprId id) {
  const bool moved = comment_follows();  // then the value starts a line of its own
  if (moved) layout_.indent();
  expr(id);
  if (moved) layout_.outdent();
}

// ---------------------------------------------------------------- brackets

void Printer::record(const RecordExpr& record) {
  items(kRecord, [&](std::size_t i) {
    if (i >= record.fields.size()) return lose();
    const Field& field = record.fields[i];
    if (field.spread) {
      token("...");
    } else {
      name(field.key);
      word(":");
    }
    value(field.value);
  });
}

void Printer::list(const ListExpr& list) {
  items(kList, [&](std::size_t i) {
    if (i >= list.items.size()) return lose();
    if (list.items[i].spread) token("...");
    expr(list.items[i].value);
  });
}

bool Printer::is_multi_line(ExprId id) const {
  const auto* string = ast_.get_if<StringExpr>(id);
  return string && (string->form == StringForm::MultiLine || string->form == StringForm::RawMultiLine);
}

/// Whether a value has brackets of its own at which it breaks, so that a call may stay on its line.
bool Printer::breaks_alone(ExprId id) const {
  if (!id.valid()) return false;
  const auto& node = ast_[id].node;
  if (std::holds_alternative<StringExpr>(node)) return is_multi_line(id);
  if (const auto* call = std::get_if<CallExpr>(&node)) {
    return !call->receiver.valid() && !call->args.empty() && breaks_alone(call->args.back().value);
  }
  return std::holds_alternative<RecordExpr>(node) || std::holds_alternative<ListExpr>(node) ||
         std::holds_alternative<ListComprehension>(node) || std::holds_alternative<MapComprehension>(node) ||
         std::holds_alternative<RawExpr>(node);
}

/// A text alone gains nothing from a line of its own. With a comment beside it, it is not alone.
bool Printer::is_text_alone(Seq<Argument> args) const {
  if (args.size() != 1 || !args[0].name.empty() || args[0].spread) return false;
  if (ast_.get_if<StringExpr>(args[0].value) == nullptr || is_multi_line(args[0].value)) return false;
  const Span span = ast_[args[0].value].span;
  const std::size_t open = source_.find_first_not_of(" \t\r\n", cursor_);
  if (open == std::string_view::npos || source_[open] != '(') return false;
  const std::size_t close = source_.find_first_not_of(" \t\r\n", span.end);
  return source_.find_first_not_of(" \t\r\n", open + 1) == span.begin && close != std::string_view::npos &&
         source_[close] == ')';
}

void Printer::arguments(Seq<Argument> args) {
  if (is_text_alone(args)) {
    token("(");
    expr(args[0].value);
    return token(")");
  }
  ItemStyle style = kArguments;
  style.hug_last = !args.empty() && breaks_alone(args.back().value);
  items(style, [&](std::size_t i) {
    if (i >= args.size()) return lose();
    const Argument& argument = args[i];
    if (style.hug_last && i + 1 == args.size()) layout_.hug();
    if (argument.spread) token("...");
    if (!argument.name.empty()) {
      name(argument.name);
      word(":");
    }
    value(argument.value);
  });
}

// ---------------------------------------------------------------- comprehensions

void Printer::loop(const Loop& loop) {
  word("for");
  name(loop.first);
  if (!loop.second.empty()) {
    word(",");
    name(loop.second);
  }
  space();
  word("in");
  expr(loop.in);
  if (loop.key.valid()) {
    space();
    word("key");
    expr(loop.key);
  }
}

void Printer::comprehension_head(const Loop& head, ExprId condition) {
  loop(head);
  if (condition.valid()) {
    space();
    word("if");
    expr(condition);
  }
  token(":");
}

/// `[for x in xs if c: e]`; long: head, and below it the element, each on lines of their own.
void Printer::list_comprehension(const ListComprehension& list) {
  ItemStyle style = kList;
  items(style, [&](std::size_t i) {
    if (i > 0) return lose();
    comprehension_head(*list.loop, list.condition);
    layout_.begin();
    layout_.indent_if_broken();
    comments();
    if (breaks_alone(list.element)) {
      layout_.hug();
      space();
    } else {
      layout_.line(Flat::Space);
    }
    expr(list.element);
    layout_.outdent_if_broken();
    layout_.end();
  });
}

void Printer::map_comprehension(const MapComprehension& map) {
  ItemStyle style = kRecord;
  style.padding = Flat::Nothing;
  items(style, [&](std::size_t i) {
    if (i > 0) return lose();
    comprehension_head(*map.loop, map.condition);
    layout_.begin();
    layout_.indent_if_broken();
    comments();
    if (breaks_alone(map.value)) {
      layout_.hug();
      space();
    } else {
      layout_.line(Flat::Space);
    }
    expr(map.key);
    word(":");
    value(map.value);
    layout_.outdent_if_broken();
    layout_.end();
  });
}

// ---------------------------------------------------------------- operators

/// A break in front of an operator, which may start a line; comments behind it go in front of it.
void Printer::operator_on_next_line(std::string_view op) {
  comments_behind_operator(op);
  layout_.line(Flat::Space);
  word(op);
}

void Printer::unary(ExprId id) {
  for (const auto* link = ast_.get_if<UnaryExpr>(id); link && !lost_; link = ast_.get_if<UnaryExpr>(id)) {
    token(link->op == UnaryOp::Not ? "!" : "-");
    id = link->operand;
  }
  expr(id);
}

void Printer::range(ExprId id) {
  std::vector<const RangeExpr*> links;  // the last first
  while (const auto* link = ast_.get_if<RangeExpr>(id)) {
    links.push_back(link);
    id = link->first;
  }
  expr(id);
  for (auto link = links.rbegin(); link != links.rend() && !lost_; ++link) {
    token("..");
    expr((*link)->last);
  }
}

/// Operators of one precedence are broken together. They may be a million, so nothing recurses along
/// them.
void Printer::chain(ExprId id, Wrap wrap) {
  const int level = precedence(ast_.get_if<BinaryExpr>(id)->op);
  std::vector<const BinaryExpr*> links;  // in source order
  ExprId first = id;
  const auto same_level = [&](ExprId at) {
    const auto* link = ast_.get_if<BinaryExpr>(at);
    return link && precedence(link->op) == level ? link : nullptr;
  };
  if (level == 0) {  // `??` groups to the right
    while (const auto* link = same_level(first)) {
      links.push_back(link);
      if (!same_level(link->right)) break;
      first = link->right;
    }
    first = links.front()->left;
  } else {
    while (const auto* link = same_level(first)) {
      links.push_back(link);
      first = link->left;
    }
    std::reverse(links.begin(), links.end());
  }

  if (wrap == Wrap::Own) layout_.begin();
  expr(first);
  if (wrap == Wrap::Own) layout_.indent();
  for (std::size_t i = 0; i < links.size() && !lost_; ++i) {
    const BinaryOp op = links[i]->op;
    if (op == BinaryOp::Subtract) {  // `-` never continues a line
      space();
      token("-");
      comments();
      layout_.line(Flat::Space);
    } else {
      operator_on_next_line(format_detail::text_of(op));
    }
    const bool more = level == 0 && i + 1 < links.size();
    expr(more ? links[i + 1]->left : links[i]->right);
  }
  if (wrap == Wrap::Own) {
    layout_.outdent();
    layout_.end();
  }
}

/// `c ? a : d ? b : e` breaks as one.
void Printer::choice(ExprId id, Wrap wrap) {
  const auto* link = ast_.get_if<ChoiceExpr>(id);
  if (wrap == Wrap::Own) layout_.begin();
  expr(link->condition);
  if (wrap == Wrap::Own) layout_.indent();
  while (!lost_) {
    operator_on_next_line("?");
    expr(link->then);
    operator_on_next_line(":");
    const auto* next = ast_.get_if<ChoiceExpr>(link->otherwise);
    if (!next) break;
    link = next;
    expr(link->condition);
  }
  expr(link->otherwise);
  if (wrap == Wrap::Own) {
    layout_.outdent();
    layout_.end();
  }
}

/// `a.b[c].d(e)`, of any length; and everything that is one word.
void Printer::postfix(ExprId id) {
  std::vector<ExprId> steps;  // the last first
  while (true) {
    const auto& node = ast_[id].node;
    ExprId object;
    if (const auto* member = std::get_if<MemberExpr>(&node))
      object = member->object;
    else if (const auto* index = std::get_if<IndexExpr>(&node))
      object = index->object;
    else if (const auto* splat = std::get_if<SplatExpr>(&node))
      object = splat->object;
    else if (const auto* call = std::get_if<CallExpr>(&node))
      object = call->receiver;
    else
      break;
    steps.push_back(id);
    if (!object.valid()) break;
    id = object;
  }
  const bool starts_with_call = !steps.empty() && steps.back() == id;
  if (steps.empty()) return verbatim(ast_[id].span.end, is_multi_line(id));
  if (!starts_with_call) expr(id);
  for (auto step = steps.rbegin(); step != steps.rend() && !lost_; ++step) postfix_step(ast_[*step]);
}

void Printer::postfix_step(const Expr& e) {
  if (const auto* member = std::get_if<MemberExpr>(&e.node)) {
    token(member->optional ? "?." : ".");
    name(member->name);
  } else if (const auto* index = std::get_if<IndexExpr>(&e.node)) {
    if (index->optional) token("?.");
    token("[");
    expr(index->index);
    token("]");
  } else if (const auto* call = std::get_if<CallExpr>(&e.node)) {
    if (call->receiver.valid()) token(call->optional ? "?." : ".");
    name(*call->name);
    arguments(call->args);
  } else {
    token("[");
    token("*");
    token("]");
  }
}

}  // namespace stackc::format_detail
