#include "compiler/parse/hints.hpp"

#include <string>

#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/parse/skip.hpp"

namespace stackc::parsing {

namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Another language's word or sign, and what to write here.
struct Habit {
  std::string_view seen;
  std::string_view help;
};

constexpr Habit kSigns[] = {
    {";", "a line break ends a declaration or a property; remove the `;`"},
    {"'", "strings stand in double quotes: `\"text\"`"},
    {"`", "strings stand in double quotes: `\"text ${value}\"`"},
    {"#", "a comment starts with `//`"},
    {"and", "`and` is written `&&`"},
    {"or", "`or` is written `||`"},
    {"not", "`not` is written `!`"},
    {"is", "equality is written `==`"},
    {"null", "an absent value is `none`"},
};

constexpr Habit kDeclarations[] = {
    {"var", "a name for a value is declared with `let`; what a user may set is a `param`"},
    {"variable", "what a user may set is a `param`"},
    {"parameter", "what a user may set is a `param`"},
    {"locals", "a name for a value is declared with `let`"},
    {"local", "a name for a value is declared with `let`"},
    {"def", "a function is declared with `fn`"},
    {"function", "a function is declared with `fn`"},
    {"module", "a reusable part is a `component`; its instance is a `resource`"},
    {"class", "a reusable part is a `component`"},
    {"import", "names of another file come with `use { … } from \"…\"`"},
    {"data", "another stack's values come with `upstream`"},
    {"else", "`else` stands on the line of the `}` before it"},
    {"elif", "write `} else if … {`, on the line of the `}`"},
    {"with", "`with` stands on the line of the `}` before it"},
    {"Resources", "each resource is declared with `resource Name: Type { … }`"},
    {"Parameters", "each parameter is declared with `param Name: Type`"},
    {"Outputs", "each output is declared with `output Name = value`"},
    {"Conditions", "each condition is declared with `condition Name = …`"},
    {"Mappings", "each mapping is declared with `mapping Name = { … }`"},
};

/// The YAML tag (`!Ref`) that stands directly before `at`, else empty.
std::string_view yaml_tag_before(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '.')) --end;
  std::size_t begin = end;
  while (begin > 0 && (is_word(text[begin - 1]) || text[begin - 1] == '.')) --begin;
  if (begin == 0 || text[begin - 1] != '!') return {};
  const std::string_view tag = text.substr(begin - 1, end - begin + 1);
  constexpr std::string_view kTags[] = {
      "!Ref",    "!Sub",         "!GetAtt", "!Join", "!Select", "!If",  "!Split", "!FindInMap",
      "!Equals", "!ImportValue", "!Base64", "!Cidr", "!GetAZs", "!Not", "!And",   "!Or"};
  for (const std::string_view known : kTags) {
    if (tag == known) return tag;
  }
  return {};
}

bool add_habit(Diagnostic& diagnostic, std::span<const Habit> habits, std::string_view seen) {
  for (const Habit& habit : habits) {
    if (habit.seen == seen) {
      diagnostic.help(std::string(habit.help));
      return true;
    }
  }
  return false;
}

}  // namespace

bool token_is_word(std::string_view text, Span token) {
  return token.begin < text.size() && is_word(text[token.begin]);
}

void add_hints(Diagnostic& diagnostic, std::string_view text, Span token, std::string_view expected) {
  const std::string_view seen = text.substr(token.begin, token.size());
  if (const std::string_view tag = yaml_tag_before(text, token.begin); !tag.empty()) {
    diagnostic.help(
        tag == "!Ref" || tag == "!GetAtt" ? "a name alone is its reference, `Name.Attribute` its attribute"
        : tag == "!Sub"                   ? "every string interpolates: `\"text ${value}\"`"
                        : "intrinsics are functions and operators here: `join(\",\", xs)`, `c ? a : b`");
    return;
  }
  if (expected == "`:`" && seen == "=") {
    diagnostic.help("inside braces a value follows `:`; `=` is for declarations").fix(token, ":");
  } else if (expected == "`=`" && seen == ":") {
    diagnostic.help("a declaration's value follows `=`; `:` gives a type, or a value inside braces")
        .fix(token, "=");
  } else if (expected == "`:`" && seen == "-") {
    diagnostic.help("a key with other signs than letters, digits and `_` stands in quotes");
  } else if (expected == "a name and `:`" && !seen.empty() && seen[0] == '-') {
    diagnostic.help("items of a list stand in `[ ]`, without dashes");
  } else {
    add_habit(diagnostic, kSigns, seen);
  }
}

void add_declaration_hints(Diagnostic& diagnostic, std::string_view text, Span token) {
  const std::string_view seen = text.substr(token.begin, token.size());
  if (add_habit(diagnostic, kDeclarations, seen) || add_habit(diagnostic, kSigns, seen)) return;
  if (!token_is_word(text, token)) return;
  if (const std::string_view meant = did_you_mean(seen, declaration_words());
      !meant.empty() && meant != seen) {
    diagnostic.help(fmt::format("did you mean `{}`?", meant)).fix(token, std::string(meant));
  } else if (text.substr(token.end).find_first_not_of(" \t") != std::string_view::npos) {
    const std::size_t next = text.find_first_not_of(" \t", token.end);
    if (text[next] == '=')
      diagnostic.help(fmt::format("a name for a value is declared with `let {} = …`", seen));
    if (text[next] == ':')
      diagnostic.help(fmt::format("a resource is declared with `resource {}: Type {{ … }}`", seen));
  }
}

}  // namespace stackc::parsing
