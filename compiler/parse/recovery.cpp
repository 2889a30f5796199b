#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/parse/builder.hpp"
#include "compiler/parse/hints.hpp"
#include "compiler/parse/skip.hpp"

namespace stackc::parsing {

Diagnostic& Builder::report(Code code, Span where, std::string message) {
  ++errors_;
  last_error_ = where.begin;
  return sink_.report(code, where, std::move(message));
}

/// Throws. Past the limit of errors the rest of the file is left out.
void Builder::fail(std::size_t at, bool fatal, std::size_t resume) {
  if (errors_ >= limits_.max_errors && !fatal) {
    sink_.report(Code::TooManyErrors, span(at, at),
                 fmt::format("found {} errors, the rest of the file is left out", errors_));
    fatal = true;
  }
  throw Failure{at, resume, fatal};
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
  if (at == last_error_) fail(at);
  if (at >= source().size() && !openers.empty()) unclosed(at, expected);
  notice_unclosed(at);
  const Span token = token_at(at);
  Diagnostic& diagnostic =
      report(Code::UnexpectedToken, token, fmt::format("found {}, expected {}", describe(token), expected));
  add_hints(diagnostic, source(), token, expected);
  fail(at);
}

namespace {

std::size_t line_start(std::string_view text, std::size_t at) {
  const std::size_t before = text.substr(0, at).rfind('\n');
  return before == std::string_view::npos ? 0 : before + 1;
}

std::size_t indentation(std::string_view text, std::size_t line) {
  return std::min(text.find_first_not_of(" \t", line), text.size()) - line;
}

std::string_view closer_of(char opener) {
  return opener == '(' ? "`)`" : opener == '[' ? "`]`" : opener == '<' ? "`>`" : "`}`";
}

}  // namespace

/// A declaration inside of something that is no block, not indented more than the line that opened
/// it: the closing bracket was forgotten before it. Reported at the opener; reading goes on with
/// the declaration.
void Builder::notice_unclosed(std::size_t at) {
  if (openers.empty()) return;
  const std::string_view text = source();
  const std::size_t line = line_start(text, std::min(at, text.size()));
  std::size_t opener = openers.size();
  while (opener > 0 && openers[opener - 1] >= line) --opener;
  if (opener == 0 || !looks_like_declaration(text, line)) return;
  const std::size_t open = openers[opener - 1];
  if (indentation(text, line) > indentation(text, line_start(text, open))) return;
  const std::size_t word = line + indentation(text, line);
  report(Code::UnclosedBracket, span(open, open + 1),
         fmt::format("found {}, expected {}", describe(token_at(word)), closer_of(text[open])))
      .label(token_at(word), "this starts a new declaration");
  fail(at, false, line);
}

void Builder::unclosed(std::size_t at, const char* expected) {
  const std::size_t opener = openers.back();
  if (at >= source().size()) {
    if (!skipped_to_end_) {
      report(Code::UnclosedBracket, token_at(opener),
             fmt::format("found the end of the file, expected {}", closer_of(source()[opener])));
    }
    fail(at, true);
  }
  if (at == last_error_) fail(at);
  notice_unclosed(at);
  const Span token = token_at(at);
  Diagnostic& diagnostic =
      report(Code::UnexpectedToken, token, fmt::format("found {}, expected {}", describe(token), expected));
  diagnostic.label(span(opener, opener + 1), "opened here");
  add_hints(diagnostic, source(), token, expected);
  fail(at);
}

void Builder::open_string(std::size_t at, const char* expected) {
  const std::size_t opener = openers.back();
  report(Code::UnterminatedString, span(opener, token_end(source(), opener)),
         fmt::format("found {}, expected {}", describe(token_at(at)), expected));
  fail(at, at >= source().size());
}

void Builder::open_comment(std::size_t at) {
  const std::size_t opener = source().rfind("/*", at);
  report(Code::UnterminatedComment, span(opener, opener + 2), "found the end of the file, expected `*/`");
  fail(source().size(), true);
}

void Builder::bad_escape(std::size_t at) {
  const std::size_t begin = source().rfind('\\', at);
  const std::size_t end = begin + 1 < source().size() ? token_end(source(), begin + 1) : begin + 1;
  const Span where = span(begin, std::min(end, begin + 2));
  report(Code::InvalidEscape, where,
         fmt::format("found `{}`, expected `\\n`, `\\t`, `\\r`, `\\\"`, `\\\\`, `\\${{` or `\\u{{…}}`",
                     source().substr(where.begin, where.size())))
      .help("a backslash is `\\\\`; raw strings, `r\"…\"`, have no escapes");
  fail(at);
}

void Builder::bad_number(std::size_t at) {
  const Span token = token_at(at);
  report(Code::InvalidNumber, token,
         fmt::format("found {}, expected a number, a duration like `30s` or a size like `512MiB`", describe(token)))
      .help("names start with a letter; an IPv6 address is a string");
  fail(at);
}

void Builder::too_deep(std::size_t at) {
  report(Code::NestingTooDeep, token_at(at),
         fmt::format("found more than {} levels of nesting, expected fewer", limits_.max_depth))
      .help("name the inner parts with `let`");
  fail(at, true);
}

void Builder::no_declaration(std::size_t at) {
  if (at == last_error_) fail(at);
  if (at >= source().size()) unexpected(at, "a declaration");
  notice_unclosed(at);
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
  fail(at);
}

// ---------------------------------------------------------------- reading on

std::size_t Builder::read_on(const Mark& mark, const Failure& failure, bool declarations) {
  char closer = 0;
  if (!openers.empty()) {
    const char opener = source()[openers.back()];
    closer = opener == '(' ? ')' : opener == '[' ? ']' : '}';
  }
  const std::size_t resume = skip_line(source(), {mark.begin, failure.at, closer, declarations});
  skipped_to_end_ = resume >= source().size();
  return resume;
}

std::size_t Builder::recover_item(const Mark& mark, const Failure& failure) {
  if (failure.fatal || failure.resume != Failure::kNowhere) throw failure;
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
  truncate(keep);
  return read_on(mark, failure, false);
}

// A field whose value cannot be read is there all the same: it must not be reported as missing.
std::size_t Builder::recover_field(const Mark& mark, const Failure& failure) {
  ast::Name key;
  const bool complete = pending_.fields.size() > mark.fields;
  if (!complete && pending_.names.size() > mark.names) key = pending_.names[mark.names];
  const std::size_t resume = recover_item(mark, failure);
  if (!complete) pending_.fields.push_back({key, add(span(mark.begin, failure.at), ast::InvalidExpr{}, 1), key.empty()});
  return resume;
}

std::size_t Builder::recover_declaration(const Mark& mark, const Failure& failure) {
  const bool complete = pending_.decls.size() > mark.decls;
  ast::Name name;
  if (pending_.declared.size() > mark.declared) name = pending_.declared[mark.declared];
  Mark keep = mark;
  keep.decls += complete ? 1 : 0;
  truncate(keep);
  if (!complete) {
    ast::Decl decl{};
    decl.span = span(mark.begin, std::max<std::size_t>(failure.at, mark.begin));
    decl.name = name;
    decl.node = ast::InvalidDecl{};
    pending_.decls.push_back(ast::DeclId(static_cast<std::uint32_t>(ast_.decls.size())));
    ast_.decls.push_back(std::move(decl));
  }
  if (failure.fatal) throw failure;
  if (failure.resume != Failure::kNowhere) {
    if (!openers.empty()) throw failure;
    return failure.resume;
  }
  return read_on(mark, failure, true);
}

}  // namespace stackc::parsing
