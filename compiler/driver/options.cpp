#include "compiler/driver/options.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/driver/command_line.hpp"
#include "compiler/driver/help.hpp"

namespace stackc {

namespace {

/// A word of the command line and what it means; the index is the value of the enumeration.
constexpr std::array<std::string_view, 5> kForms{"text", "concise", "json", "sarif", "github"};
constexpr std::array<std::string_view, 3> kColors{"auto", "always", "never"};
constexpr std::array<std::string_view, 4> kDumps{"", "ast", "types", "ir"};
constexpr std::array<std::string_view, 2> kOutputFormats{"json", "yaml"};
constexpr std::array<std::string_view, 5> kDiffFormats{"text", "markdown", "json", "github", "sarif"};

/// The index of `word` among `words`; otherwise fills in `failure`.
std::optional<std::size_t> choose(std::string_view option, const std::string& word,
                                  std::span<const std::string_view> words,
                                  std::optional<UsageError>& failure) {
  const auto found = std::ranges::find(words, word);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  const auto first = words[0].empty() ? words.subspan(1) : words;
  if (failure) return std::nullopt;  // the first mistake is told
  const auto close = did_you_mean(word, first);
  failure = UsageError{fmt::format("`{}` cannot be `{}`", option, word),
                       close.empty() ? fmt::format("it is one of `{}`", fmt::join(first, "`, `"))
                                     : fmt::format("did you mean `{}`?", close)};
  return std::nullopt;
}

/// A word of `--fail-on`: a kind of danger, or `any`. A list may have blanks after its commas.
void add_fail_on(std::string word, report::FailOn& into, std::optional<UsageError>& failure) {
  word.erase(0, word.find_first_not_of(' '));
  word.erase(word.find_last_not_of(' ') + 1);
  constexpr std::size_t kKinds = 8;
  std::vector<std::string_view> words{"any"};
  for (std::size_t i = 0; i < kKinds; ++i) words.push_back(diff::name_of(static_cast<diff::DangerKind>(i)));
  const auto chosen = choose("--fail-on", word, words, failure);
  if (!chosen) return;
  into.any = into.any || *chosen == 0;
  if (*chosen > 0) into.kinds.push_back(static_cast<diff::DangerKind>(*chosen - 1));
}

/// What has values from a list, and `--set`.
std::optional<UsageError> read_values(RawOptions& raw, Options& options) {
  std::optional<UsageError> failure;
  if (const auto i = choose("--diagnostics", raw.form, kForms, failure))
    options.form = static_cast<DiagnosticForm>(*i);
  if (const auto i = choose("--color", raw.color, kColors, failure))
    options.color = static_cast<ColorMode>(*i);
  if (const auto i = choose("--dump", raw.dump, kDumps, failure)) raw.compile.dump = static_cast<Dump>(*i);
  if (const auto i = choose("--format", raw.output_format, kOutputFormats, failure)) {
    raw.compile.format = static_cast<TemplateFormat>(*i);
  }
  if (const auto i = choose("--format", raw.diff_format, kDiffFormats, failure)) {
    raw.diff.format = static_cast<DiffFormat>(*i);
  }
  for (const auto& word : raw.fail_on) add_fail_on(word, raw.diff.fail_on, failure);
  for (const auto& set : raw.sets) {
    const auto equals = set.find('=');
    if (equals == std::string::npos || equals == 0) {
      failure = UsageError{fmt::format("`--set {}` sets nothing", set), "write it as `--set name=value`"};
    } else {
      raw.diff.sets.emplace_back(set.substr(0, equals), set.substr(equals + 1));
      raw.compile.sets.emplace_back(set.substr(0, equals), set.substr(equals + 1));
    }
  }
  options.verbose = raw.verbose;
  options.timings = raw.timings;
  return failure;
}

decltype(Options::command) diff_command(DiffOptions diff) {
  if (diff.sides.empty() || (diff.sides.size() == 1 && !diff.sides[0].starts_with("git:"))) {
    return UsageError{"`stackc diff` needs an old and a new side",
                      "for example `stackc diff old.yaml new.yaml` or `stackc diff git:main`"};
  }
  if (std::ranges::find(diff.sides, "") != diff.sides.end()) {
    return UsageError{"a side is empty", "is a variable of the script not set?"};
  }
  if (diff.sides == std::vector<std::string>{"-", "-"}) {
    return UsageError{"standard input can be one side only", "for example `stackc diff - new.yaml`"};
  }
  if (diff.sides.size() > 2) {
    return UsageError{fmt::format("`stackc diff` compares two sides, these are {}", diff.sides.size()),
                      "a folder stands for all stacks in it"};
  }
  return diff;
}

/// Without files that are written there is nothing that a depfile could be about.
decltype(Options::command) compile_command(CompileOptions compile) {
  const bool writes = compile.emit && !compile.compare && compile.out != "-" && compile.dump == Dump::None;
  if (compile.depfile.empty() && !compile.depfile_target.empty()) {
    return UsageError{"`--depfile-target` says what a depfile is about, and there is none",
                      "`--depfile FILE` writes one"};
  }
  if (!compile.depfile.empty() && compile.depfile_target.empty() && !writes) {
    return UsageError{"`--depfile` needs `--depfile-target` in a run that writes no templates",
                      "for example the file that the build touches afterwards: `--depfile-target checked.stamp`"};
  }
  const bool prints = compile.out == "-" || compile.dump != Dump::None;
  if (!compile.incremental.empty() && prints) {
    return UsageError{"`--incremental` is for runs that write files or only check, this one prints",
                      "without it the run prints each time"};
  }
  return compile;
}

void choose_command(const std::string& name, RawOptions& raw, Options& options) {
  if (name == "build" || name == "check") {
    raw.compile.emit = name == "build";
    options.command = compile_command(std::move(raw.compile));
  } else if (name == "fmt") {
    options.command = std::move(raw.format);
  } else if (name == "import") {
    options.command = std::move(raw.import);
  } else if (name == "doc") {
    options.command = std::move(raw.doc);
  } else if (name == "policy") {
    raw.policy.sets = std::move(raw.compile.sets);
    options.command = std::move(raw.policy);
  } else if (name == "diff") {
    options.command = diff_command(std::move(raw.diff));
  } else if (name == "init") {
    options.command = std::move(raw.init);
  } else if (name == "explain") {
    options.command = std::move(raw.explain);
    if (std::get<ExplainOptions>(options.command).code.empty()) {
      options.command = UsageError{"`stackc explain` needs a code", "for example `stackc explain E0203`"};
    }
  } else {
    const bool nothing = raw.schema.type.empty() && raw.schema.search.empty();
    const bool both = !raw.schema.type.empty() && !raw.schema.search.empty();
    options.command = std::move(raw.schema);
    if (nothing || both) {
      options.command = UsageError{
          both ? "`stackc schema` takes a type or `--search`, not both" : "`stackc schema` needs a type",
          "for example `stackc schema AWS::EC2::Subnet` or `stackc schema --search subnet`"};
    }
  }
}

void read_with(const std::string& name, const std::vector<std::string>& arguments, Options& options) {
  RawOptions raw;
  if (auto failure = read_arguments(name, arguments, raw)) {
    options.command = std::move(*failure);
    return;
  }
  if (auto failure = read_values(raw, options)) {
    options.command = std::move(*failure);
    return;
  }
  choose_command(name, raw, options);
}

/// The first argument that is no option: the command. Options with a value are known here.
std::string command_in(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--diagnostics" || arguments[i] == "--color") {
      ++i;
    } else if (!arguments[i].starts_with('-')) {
      return arguments[i];
    }
  }
  return {};
}

}  // namespace

Options read_options(const std::vector<std::string>& arguments) {
  Options options;
  const auto name = command_in(arguments);
  const auto commands = command_names();
  // What stands after `--` is a file, whatever it looks like.
  const auto end = std::ranges::find(arguments, "--");
  const auto given = [&](std::string_view option) {
    return std::find(arguments.begin(), end, option) != end;
  };
  const bool known = std::ranges::find(commands, name) != commands.end();

  if (name == "help") {
    const auto topic = arguments.back() == "help" ? std::string{} : arguments.back();
    if (topic.empty() || std::ranges::find(commands, topic) != commands.end()) {
      options.command = PrintText{std::string{help_text(topic)}};
    } else {
      options.command = UsageError{fmt::format("unknown command `{}`", topic), hint(topic, commands, "")};
    }
  } else if (!name.empty() && !known) {
    options.command = UsageError{fmt::format("unknown command `{}`", name), hint(name, commands, "")};
  } else if (given("--help") || given("-h")) {
    options.command = PrintText{std::string{help_text(name)}};
  } else if (name.empty() && given("--version")) {
    options.command = PrintText{fmt::format("stackc {}\n", compiler_version())};
  } else {
    if (!name.empty()) {
      read_with(name, arguments, options);
    } else if (arguments.empty()) {
      options.command = UsageError{"a command is missing", see_help("")};
    } else {
      options.command = unexpected_argument(arguments.front());
    }
  }
  return options;
}

}  // namespace stackc
