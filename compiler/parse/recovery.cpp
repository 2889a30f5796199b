#include <algorithm>
#include <array>

#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/parse/builder.hpp"
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
  const Span token = token_at(at);
  Diagnostic& diagnostic =
      report(Code::UnexpectedToken, token, fmt::format("found {}, expected {}", describe(token), expected));
  add_hints(diagnostic, token, expected);
  fail(at);
}

void Builder::unclosed(std::size_t at, const char* expected) {
  if (at < source().size()) {
    const Span token = token_at(at);
    const std::size_t opener = openers.back();
    report(Code::UnexpectedToken, token, fmt::format("found {}, expected {}", describe(token), expected))
        .label(span(opener, opener + 1), "opened here");
    fail(at);
  }
  const std::size_t opener = openers.back();
  report(Code::UnclosedBracket, token_at(opener), fmt::format("found the end of the file, expected {}", expected));
  fail(at, true);
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
  std::size_t end = std::min(begin + 2, source().size());
  while (end < source().size() && (static_cast<unsigned char>(source()[end]) & 0xC0) == 0x80) ++end;
  report(Code::InvalidEscape, span(begin, end),
         fmt::format("found `{}`, expected `\\n`, `\\t`, `\\r`, `\\\"`, `\\\\`, `\\${{` or `\\u{{…}}`",
                     source().substr(begin, end - begin)))
      .help("a backslash is `\\\\`; raw strings `r\"…\"` have no escapes");
  fail(at);
}

void Builder::bad_number(std::size_t at) {
  const Span token = token_at(at);
  report(Code::InvalidNumber, token,
         fmt::format("found {}, expected a number, a duration like `30s`, a size like `512MiB` or a CIDR block",
                     describe(token)));
  fail(at);
}

void Builder::too_deep(std::size_t at) {
  report(Code::NestingTooDeep, token_at(at),
         fmt::format("found more than {} levels of nesting, expected fewer", limits_.max_depth));
  fail(at, true);
}

void Builder::no_declaration(std::size_t at) { unexpected(at, "a declaration"); }

void Builder::add_hints(Diagnostic&, Span, std::string_view) const {}

// ---------------------------------------------------------------- reading on

std::size_t Builder::recover_item(const Mark& mark, const Failure& failure) {
  if (failure.fatal || failure.resume != Failure::kNowhere) throw failure;
  Mark keep = mark;
  const Pending& p = pending_;
  keep.fields = static_cast<std::uint32_t>(p.fields.size());
  keep.items = static_cast<std::uint32_t>(p.items.size());
  truncate(keep);
  return skip_line(source(), mark.begin, failure.at, false);
}

std::size_t Builder::recover_declaration(const Mark& mark, const Failure& failure) {
  Mark keep = mark;
  keep.decls = static_cast<std::uint32_t>(std::min<std::size_t>(pending_.decls.size(), mark.decls + 1));
  if (keep.decls == mark.decls) {
    ast::Decl decl{};
    decl.span = span(mark.begin, std::max<std::size_t>(failure.at, mark.begin));
    if (pending_.declared.size() > mark.declared) decl.name = pending_.declared[mark.declared];
    decl.node = ast::InvalidDecl{};
    truncate(keep);
    pending_.decls.push_back(ast::DeclId(static_cast<std::uint32_t>(ast_.decls.size())));
    ast_.decls.push_back(std::move(decl));
  } else {
    truncate(keep);
  }
  if (failure.fatal) throw failure;
  if (failure.resume != Failure::kNowhere) return failure.resume;
  return skip_line(source(), mark.begin, failure.at, true);
}

}  // namespace stackc::parsing
