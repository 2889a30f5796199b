#include <algorithm>
#include <iterator>
#include <set>
#include <string>

#include "compiler/base/text.hpp"
#include "compiler/deploy/deploy.hpp"
#include "compiler/driver/commands.hpp"
#include "compiler/driver/error_limit.hpp"
#include "compiler/emit/emit.hpp"

namespace stackc {

namespace {

bool is_account(const std::string& text) {
  return text == "*" || (text.size() == 12 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }));
}

/// What the policy is not sure of.
void tell_doubts(const Result& result, Session& session) {
  if (session.console.form != DiagnosticForm::Text) return;
  std::set<std::string> by_name, not_found;
  for (const auto& stack : result.permissions) {
    by_name.insert(stack.needed.found_by_name.begin(), stack.needed.found_by_name.end());
    not_found.insert(stack.needed.not_found.begin(), stack.needed.not_found.end());
  }
  if (!by_name.empty()) {
    session.console.message(
        fmt::format("note: by the names of actions alone: what {} takes; try the policy\n", fmt::join(by_name, ", ")));
  }
  if (!not_found.empty()) {
    session.console.message(fmt::format("note: not known: what {} takes; the policy has all of the service, if IAM has such\n",
                                        fmt::join(not_found, ", ")));
  }
}

/// One document of everything, for standard output.
int print(const Result& result, Session& session) {
  std::vector<deploy::Statement> all;
  for (const auto& stack : result.permissions) std::ranges::copy(stack.needed.statements, std::back_inserter(all));
  Arena arena;
  const auto document = deploy::documents(deploy::merged(std::move(all)), arena, 0).front();
  session.console.out(emit::value_json(document, true) + "\n");
  const auto length = deploy::json_length(document);
  if (length > deploy::kMostCharacters && session.console.form == DiagnosticForm::Text) {
    session.console.status(fmt::format("{} characters; a managed policy has at most {}: `--out FOLDER` writes it in parts",
                                       length, deploy::kMostCharacters));
  }
  return kFine;
}

/// A document for each stack, in parts where IAM would refuse the whole.
int write(Result& result, Session& session) {
  result.files.clear();
  for (const auto& stack : result.permissions) {
    Arena arena;
    std::size_t part = 0;
    for (const auto document : deploy::documents(stack.needed.statements, arena, deploy::kMostCharacters)) {
      ++part;
      result.files.push_back({fmt::format("{}.policy{}.json", stack.path, part == 1 ? "" : fmt::format("-{}", part)),
                              emit::value_json(document, true) + "\n"});
    }
  }
  const auto states = write_files(result, session.fs);
  tell_doubts(result, session);
  session.console.report(result.diagnostics, result.sources);
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (states[i] == FileState::Failed) continue;
    session.console.status(fmt::format("{} {}", states[i] == FileState::Changed ? "wrote" : "unchanged", result.files[i].path));
  }
  return result.failed() ? kFindings : kFine;
}

}  // namespace

int run_policy(const PolicyOptions& options, Session& session) {
  if (!is_account(options.account)) {
    session.console.error(fmt::format("`--account` cannot be `{}`", options.account), "an account has twelve digits");
    return kUsage;
  }
  const deploy::Target target{"", options.partition, options.region, options.account};
  Request request;
  request.working_folder = session.working_folder;
  request.inputs = options.inputs;
  request.environment = options.environment;
  request.sets = options.sets;
  request.out = options.out;
  request.permissions = &target;
  request.timings = session.timings;
  auto result = compile(request, session.fs);
  limit_errors(result.diagnostics);
  const bool nothing = result.permissions.empty() && !result.failed();
  if (!result.failed() && !nothing && !options.out.empty()) return write(result, session);
  session.console.report(result.diagnostics, result.sources);
  if (result.failed()) return kFindings;
  if (nothing) {
    session.console.error("there is no stack in what was given", "name a file with a `stack` declaration, or a template");
    return kFindings;
  }
  tell_doubts(result, session);
  return print(result, session);
}

}  // namespace stackc
