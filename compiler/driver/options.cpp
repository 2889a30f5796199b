#include "compiler/driver/options.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <span>

#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/driver/help.hpp"

namespace stackc {

namespace {

/// What CLI11 fills in; turned into `Options` once everything is read.
struct Raw {
  CompileOptions compile;
  FormatOptions format;
  ExplainOptions explain;
  SchemaOptions schema;
  ImportOptions import;
  DocOptions doc;
  PolicyOptions policy;
  DiffOptions diff;
  std::string diff_format = "text";
  std::vector<std::string> fail_on;
  InitOptions init;
  std::vector<std::string> sets;
  std::string dump;
  std::string output_format = "json";
  std::string form = "text";
  std::string color = "auto";
  bool verbose = false;
  bool timings = false;
};

/// A word of the command line and what it means; the index is the value of the enumeration.
constexpr std::array<std::string_view, 5> kForms{"text", "concise", "json", "sarif", "github"};
constexpr std::array<std::string_view, 3> kColors{"auto", "always", "never"};
constexpr std::array<std::string_view, 4> kDumps{"", "ast", "types", "ir"};
constexpr std::array<std::string_view, 2> kOutputFormats{"json", "yaml"};
constexpr std::array<std::string_view, 5> kDiffFormats{"text", "markdown", "json", "github", "sarif"};

void add_common(CLI::App& app, Raw& raw) {
  app.add_option("--diagnostics", raw.form);
  app.add_option("--color", raw.color);
  app.add_flag("-v,--verbose", raw.verbose);
  app.add_flag("--timings", raw.timings);
}

void add_compile(CLI::App& app, Raw& raw, bool emit) {
  app.add_option("inputs", raw.compile.inputs);
  app.add_option("--env", raw.compile.environment);
  app.add_option("--set", raw.sets)->allow_extra_args(false);
  app.add_option("--dump", raw.dump);
  app.add_option("-j,--jobs", raw.compile.jobs)->check(CLI::Range(1, 256));
  app.add_option("--depfile", raw.compile.depfile);
  app.add_option("--depfile-target", raw.compile.depfile_target);
  if (!emit) return;
  app.add_option("-o,--out", raw.compile.out);
  app.add_option("--format", raw.output_format);
  app.add_flag("--check", raw.compile.compare);
  app.add_flag("--map", raw.compile.source_map);
}

void add_diff(CLI::App& app, Raw& raw) {
  app.add_option("sides", raw.diff.sides);
  app.add_option("--env", raw.diff.environment);
  app.add_option("--set", raw.sets)->allow_extra_args(false);
  app.add_option("--format", raw.diff_format);
  app.add_option("--fail-on", raw.fail_on)->allow_extra_args(false)->delimiter(',');
  app.add_option("--refactor", raw.diff.refactor);
}

/// The command line as `only` understands it: describing all commands takes longer than most of them.
std::unique_ptr<CLI::App> make_app(Raw& raw, std::string_view only) {
  auto app = std::make_unique<CLI::App>();
  app->set_help_flag();
  add_common(*app, raw);
  for (const auto name : command_names()) {
    if (name != only) continue;
    auto* command = app->add_subcommand(std::string{name});
    command->set_help_flag();
    add_common(*command, raw);
    if (name == "build" || name == "check") add_compile(*command, raw, name == "build");
    if (name == "fmt") {
      command->add_option("inputs", raw.format.inputs);
      command->add_flag("--check", raw.format.compare);
    }
    if (name == "import") {
      command->add_option("templates", raw.import.inputs);
      command->add_option("-o,--out", raw.import.out);
      command->add_flag("--force", raw.import.force);
    }
    if (name == "doc") {
      command->add_option("libraries", raw.doc.inputs);
      command->add_option("-o,--out", raw.doc.out);
      command->add_flag("--check", raw.doc.compare);
    }
    if (name == "policy") {
      command->add_option("inputs", raw.policy.inputs);
      command->add_option("--env", raw.policy.environment);
      command->add_option("--set", raw.sets)->allow_extra_args(false);
      command->add_option("-o,--out", raw.policy.out);
      command->add_option("--account", raw.policy.account);
      command->add_option("--region", raw.policy.region);
      command->add_option("--partition", raw.policy.partition);
    }
    if (name == "diff") add_diff(*command, raw);
    if (name == "explain") command->add_option("code", raw.explain.code);
    if (name == "schema") {
      command->add_option("type", raw.schema.type);
      command->add_option("--search", raw.schema.search);
    }
    if (name == "init") command->add_option("folder", raw.init.folder);
  }
  return app;
}

/// `--out`, `-o`, … of a command.
std::vector<std::string> names_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const auto* option : command.get_options()) {
    for (const auto& name : option->get_snames()) names.push_back("-" + name);
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::string see_help(std::string_view command) {
  return fmt::format("see `stackc {}{}--help`", command, command.empty() ? "" : " ");
}

/// "did you mean …?" when something is close, else where to read on.
std::string hint(std::string_view word, std::span<const std::string_view> known, std::string_view command) {
  const auto close = did_you_mean(word, known);
  return close.empty() ? see_help(command) : fmt::format("did you mean `{}`?", close);
}

UsageError unexpected(const CLI::App& command, const std::string& argument) {
  const auto& name = command.get_name();
  if (!argument.starts_with('-') || argument == "-") {
    return {fmt::format("`stackc {}` does not expect `{}`", name, argument), see_help(name)};
  }
  const auto option = argument.substr(0, argument.find('='));
  const auto names = names_of(command);
  const std::vector<std::string_view> known(names.begin(), names.end());
  return {name.empty() ? fmt::format("unknown option `{}`", option)
                       : fmt::format("`stackc {}` has no option `{}`", name, option),
          hint(option, known, name)};
}

UsageError usage_error(const CLI::App& app, const CLI::ParseError& error) {
  const auto chosen = app.get_subcommands();
  const CLI::App& command = chosen.empty() ? app : *chosen.front();
  const auto rest = app.remaining(true);
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr && !rest.empty()) {
    return unexpected(command, rest.front());
  }
  const std::string reason = error.what();
  const auto option = reason.substr(0, reason.find(':'));
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr && option.starts_with('-')) {
    const bool twice = reason.find("At Most") != std::string::npos;
    return {fmt::format("`{}` {}", option, twice ? "is given more than once" : "needs a value"),
            see_help(command.get_name())};
  }
  return {reason, see_help(command.get_name())};
}

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
std::optional<UsageError> read_values(Raw& raw, Options& options) {
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
  return compile;
}

void choose_command(const std::string& name, Raw& raw, Options& options) {
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

void read_with(CLI::App& app, Raw& raw, const std::vector<std::string>& arguments, Options& options) {
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ParseError& error) {
    options.command = usage_error(app, error);
    return;
  }
  if (auto failure = read_values(raw, options)) {
    options.command = std::move(*failure);
    return;
  }
  choose_command(app.get_subcommands().front()->get_name(), raw, options);
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
    Raw raw;
    const auto app = make_app(raw, name);
    if (!name.empty()) {
      read_with(*app, raw, arguments, options);
    } else if (arguments.empty()) {
      options.command = UsageError{"a command is missing", see_help("")};
    } else {
      options.command = unexpected(*app, arguments.front());
    }
  }
  return options;
}

std::vector<std::string> option_names(std::string_view command) {
  Raw raw;
  const auto app = make_app(raw, command);
  return names_of(command.empty() ? *app : *app->get_subcommand(std::string{command}));
}

}  // namespace stackc
