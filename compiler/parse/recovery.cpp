#include <algorithm>
#include <array>
#include <bit>

#include "compiler/base/text.hpp"
#include "compiler/parse/builder.hpp"
#include "compiler/parse/hints.hpp"
#include "compiler/parse/skip.hpp"

namespace stackc::parsing {

namespace {

std::size_t line_start(std::string_view text, std::size_t at) {
  const std::size_t before = text.substr(0, at).rfind('\n');
  return before == std::string_view::npos ? 0 : before + 1;
}

std::size_t indentation(std::string_view text, std::size_t line) {
  return std::min(text.find_first_not_of(" \t", line), text.size()) - line;
}

char opening_of(char closer) { return closer == ')' ? '(' : closer == ']' ? '[' : '{'; }

std::string_view closer_of(char opener) {
  return opener == '(' ? "`)`" : opener == '[' ? "`]`" : opener == '<' ? "`>`" : "`}`";
}

}  // namespace

Diagnostic& Builder::report(Code code, Span where, std::string message) {
  ++errors_;
  last_error_ = where.begin;
  return sink_.report(code, where, std::move(message));
}

// Past the limit of errors the rest of the file is left out.
void Builder::fail(Failure failure) {
  if (errors_ >= limits_.max_errors && !failure.fatal) {
    sink_.report(Code::TooManyErrors, span(failure.at, failure.at),
                 fmt::format("found {} errors, the rest of the file is left out", errors_));
    failure.fatal = true;
  }
  throw failure;
}

// ---------------------------------------------------------------- what was seen

Span Builder::token_at(std::size_t at) const { return span(at, token_end(source(), at)); }

std::string Builder::describe(Span token) const {
  if (token.begin >= source().size()) return "the end of the file";
  const char first = source()[token.begin];
  if (first == '\n' || first == '\r') return "the end of the line";
  if (first == '"') return "a string";
  return fmt::format("`{}`", source().substr(token.begin, token.size()));
}

void Builder::unexpected(std::size_t at, const char* expected) {
  if (at == last_error_) fail({.at = at});
  if (at >= source().size() && !openers.empty()) unclosed(at, expected);
  notice_declaration(at);
  notice_closer(at);
  notice_open_list(at, expected);
  const Span token = token_at(at);
  Diagnostic& diagnostic =
      report(Code::UnexpectedToken, token, fmt::format("found {}, expected {}", describe(token), expected));
  add_hints(diagnostic, source(), token, expected);
  fail({.at = at});
}

void Builder::unclosed(std::size_t at, const char* expected) {
  const std::size_t opener = openers.back();
  if (at >= source().size()) {
    if (!skipped_to_end_) {
      report(Code::UnclosedBracket, token_at(opener),
             fmt::format("found the end of the file, expected {}", closer_of(source()[opener])));
    }
    fail({.at = at, .fatal = true});
  }
  if (at == last_error_) fail({.at = at});
  notice_declaration(at);
  notice_closer(at);
  const Span token = token_at(at);
  Diagnostic& diagnostic =
      report(Code::UnexpectedToken, token, fmt::format("found {}, expected {}", describe(token), expected));
  diagnostic.label(span(opener, opener + 1), "opened here");
  add_hints(diagnostic, source(), token, expected);
  fail({.at = at});
}

// ---------------------------------------------------------------- what was forgotten

void Builder::report_unclosed(std::size_t opener, Span seen, const char* remark, Failure failure) {
  report(Code::UnclosedBracket, span(opener, opener + 1),
         fmt::format("found {}, expected {}", describe(seen), closer_of(source()[opener])))
      .label(seen, remark);
  fail(failure);
}

// The line of the mistake starts like a declaration and is not indented more than the one that is
// being read: that one was never finished. Reading goes on with the new one.
void Builder::notice_declaration(std::size_t at) {
  const std::string_view text = source();
  if (declarations_.empty()) return;
  const std::size_t line = line_start(text, std::min(at, text.size()));
  const std::size_t begin = declarations_.back();
  if (begin >= line || !looks_like_declaration(text, line)) return;
  const std::size_t indent = indentation(text, line);
  if (indent > indentation(text, line_start(text, begin))) return;
  Failure failure{.at = at, .resume = line, .level = openers.size(), .declaration = true};
  while (failure.level > 0 && indentation(text, line_start(text, openers[failure.level - 1])) >= indent) {
    --failure.level;
  }
  const Span seen = token_at(line + indent);
  std::size_t opener = openers.size();
  while (opener > 0 && openers[opener - 1] >= line) --opener;
  if (opener > 0 && openers[opener - 1] > begin) {
    report_unclosed(openers[opener - 1], seen, "this starts a new declaration", failure);
  }
  report(Code::UnexpectedToken, seen,
         fmt::format("found {}, expected the rest of the declaration above", describe(seen)));
  fail(failure);
}

// A closing bracket that belongs to a bracket further out: the inner one was never closed.
void Builder::notice_closer(std::size_t at) {
  const std::string_view text = source();
  if (at >= text.size() || openers.size() < 2) return;
  if (text[at] != ')' && text[at] != ']' && text[at] != '}') return;
  const auto closes = [&](std::size_t opener) {
    return opening_of(text[at]) == text[opener] || (text[at] == '}' && text[opener] == '$');
  };
  if (closes(openers.back())) return;
  for (std::size_t i = openers.size() - 1; i > 0; --i) {
    if (!closes(openers[i - 1])) continue;
    report_unclosed(openers.back(), token_at(at), "this closes another bracket",
                    {.at = at, .resume = at, .level = i});
  }
}

// `name: value` on a line of its own inside of a list: the list was never closed, and this is the
// next line of the body around it.
void Builder::notice_open_list(std::size_t at, std::string_view expected) {
  const std::string_view text = source();
  if (at >= text.size() || text[at] != ':' || !expected.ends_with("`]`") || openers.size() < 2) return;
  const std::size_t line = line_start(text, at);
  if (openers.back() >= line || text[openers[openers.size() - 2]] != '{') return;
  report_unclosed(openers.back(), token_at(at), "this belongs to the body around it",
                  {.at = at, .resume = line, .level = openers.size() - 1});
}

// ---------------------------------------------------------------- inside of literals

void Builder::open_string(std::size_t at, const char* expected) {
  const std::size_t opener = openers.back();
  report(Code::UnterminatedString, span(opener, token_end(source(), opener)),
         fmt::format("found {}, expected {}", describe(token_at(at)), expected));
  fail({.at = at, .fatal = at >= source().size()});
}

void Builder::open_comment(std::size_t at) {
  const std::size_t opener = source().rfind("/*", at);
  report(Code::UnterminatedComment, span(opener, opener + 2), "found the end of the file, expected `*/`");
  fail({.at = source().size(), .fatal = true});
}

void Builder::bad_escape(std::size_t at) {
  const std::size_t begin = source().rfind('\\', at);
  const std::size_t end = begin + 1 < source().size() ? token_end(source(), begin + 1) : begin + 1;
  const Span where = span(begin, std::min(end, begin + 2));
  report(Code::InvalidEscape, where,
         fmt::format("found `{}`, expected `\\n`, `\\t`, `\\r`, `\\\"`, `\\\\`, `\\${{` or `\\u{{…}}`",
                     source().substr(where.begin, where.size())))
      .help("a backslash is `\\\\`; raw strings, `r\"…\"`, have no escapes");
  fail({.at = at});
}

void Builder::bad_number(std::size_t at) {
  const Span token = token_at(at);
  report(Code::InvalidNumber, token,
         fmt::format("found {}, expected a number, a duration like `30s` or a size like `512MiB`",
                     describe(token)))
      .help("names start with a letter; an IPv6 address is a string");
  fail({.at = at});
}

void Builder::too_deep(std::size_t at) {
  report(Code::NestingTooDeep, token_at(at),
         fmt::format("found more than {} levels of nesting, expected fewer", limits_.max_depth))
      .help("name the inner parts with `let`");
  fail({.at = at, .fatal = true});
}

void Builder::no_declaration(std::size_t at) {
  if (at == last_error_) fail({.at = at});
  if (at >= source().size()) unexpected(at, "a declaration");
  notice_declaration(at);
  notice_closer(at);
  const Span token = token_at(at);
  const std::string seen = describe(token);
  const bool is_word = token_is_word(source(), token);
  Diagnostic& diagnostic = report(is_word ? Code::UnknownDeclaration : Code::UnexpectedToken, token,
                                  fmt::format("found {}, expected a declaration", seen));
  add_declaration_hints(diagnostic, source(), token);
  // Its name survives, so that uses of it are not reported as well.
  const std::size_t next = source().find_first_not_of(" \t", token.end);
  if (is_word && next != std::string_view::npos && next > token.end) {
    const Span name = token_at(next);
    if (token_is_word(source(), name)) {
      pending_.declared.push_back({source().substr(name.begin, name.size()), name});
    }
  }
  fail({.at = at});
}

// ---------------------------------------------------------------- reading on

std::size_t Builder::read_on(const Mark& mark, const Failure& failure, bool declarations) {
  if (failure.resume != Failure::kNowhere && failure.resume > mark.begin) return failure.resume;
  char closer = 0;
  if (!openers.empty()) {
    const char opener = source()[openers.back()];
    closer = opener == '(' ? ')' : opener == '[' ? ']' : '}';
  }
  const std::size_t resume = skip_line(source(), {mark.begin, failure.at, closer, declarations});
  skipped_to_end_ = resume >= source().size();
  return resume;
}

// A construct that failed may have taken from what was there before it: no list gets longer.
void Builder::forget(const Counts& keep) {
  using All = std::array<std::uint32_t, sizeof(Counts) / sizeof(std::uint32_t)>;
  auto now = std::bit_cast<All>(pending_.counts);
  const auto wanted = std::bit_cast<All>(keep);
  for (std::size_t i = 0; i < now.size(); ++i) now[i] = std::min(now[i], wanted[i]);
  pending_.counts = std::bit_cast<Counts>(now);
}

std::size_t Builder::recover_item(const Mark& mark, const Failure& failure) {
  if (failure.fatal || failure.declaration || openers.size() > failure.level) throw failure;
  Mark keep = mark;
  const Pending& p = pending_;
  const auto one_more = [](std::uint32_t from, std::size_t size) {
    return std::min(from + 1, static_cast<std::uint32_t>(size));
  };
  keep.fields = one_more(mark.fields, p.fields.size());
  keep.items = one_more(mark.items, p.items.size());
  keep.type_fields = one_more(mark.type_fields, p.type_fields.size());
  keep.properties = one_more(mark.properties, p.properties.size());
  keep.imports = one_more(mark.imports, p.imports.size());
  forget(keep);
  return read_on(mark, failure, false);
}

// A field whose value cannot be read is there all the same: it must not be reported as missing.
std::size_t Builder::recover_field(const Mark& mark, const Failure& failure) {
  ast::Name key;
  const bool complete = pending_.fields.size() > mark.fields;
  if (!complete && pending_.names.size() > mark.names) key = pending_.names[mark.names];
  const std::size_t resume = recover_item(mark, failure);
  if (!complete)
    pending_.fields.push_back({key, add(span(mark.begin, failure.at), ast::InvalidExpr{}, 1), key.empty()});
  return resume;
}

// A declaration that ends before the mistake is kept, unless the mistake is a part of it: the next
// declaration's first word was taken for its last, or the type after a forgotten colon for something new.
bool Builder::is_complete(const Mark& mark, const Failure& failure) const {
  if (pending_.decls.size() <= mark.decls || failure.declaration) return false;
  const auto* param = ast_.get_if<ast::ParamDecl>(pending_.decls[mark.decls]);
  return param == nullptr || param->type.valid() || param->default_value.valid();
}

std::size_t Builder::recover_declaration(const Mark& mark, const Failure& failure) {
  const bool complete = is_complete(mark, failure);
  ast::Name name;
  if (pending_.declared.size() > mark.declared) name = pending_.declared[mark.declared];
  Mark keep = mark;
  keep.decls += complete ? 1 : 0;
  forget(keep);
  if (!complete) {
    ast::Decl decl{};
    decl.span = span(mark.begin, std::max<std::size_t>(failure.at, mark.begin));
    decl.name = name;
    decl.node = ast::InvalidDecl{};
    pending_.decls.push_back(ast::DeclId(static_cast<std::uint32_t>(ast_.decls.size())));
    ast_.decls.push_back(std::move(decl));
  }
  if (failure.fatal || openers.size() > failure.level) throw failure;
  return read_on(mark, failure, true);
}

}  // namespace stackc::parsing
