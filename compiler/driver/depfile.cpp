#include "compiler/driver/depfile.hpp"

#include <set>
#include <string_view>

namespace stackc {

namespace {

/// A space and `#` are escaped by a backslash, with backslashes before them doubled; `$` doubles.
std::string escaped(std::string_view path) {
  std::string out;
  std::size_t backslashes = 0;
  for (const char c : path) {
    if (c == ' ' || c == '#' || c == '\t') out.append(backslashes + 1, '\\');
    if (c == '$') out += '$';
    out += c;
    backslashes = c == '\\' ? backslashes + 1 : 0;
  }
  return out;
}

}  // namespace

std::string depfile_text(const std::vector<std::string>& targets, const std::vector<std::string>& inputs) {
  std::string out;
  for (const auto& target : targets) {
    if (!out.empty()) out += ' ';
    out += escaped(target);
  }
  out += ':';
  for (const auto& input : inputs) {
    out += " \\\n  ";
    out += escaped(input);
  }
  out += '\n';
  for (const auto& input : inputs) {
    out += '\n';
    out += escaped(input);
    out += ":\n";
  }
  return out;
}

std::vector<std::string> depfile_inputs(const Answers& answers, const std::vector<std::string>& written) {
  std::vector<std::string> inputs;
  for (const auto& [path, text] : answers.texts) inputs.push_back(path);
  std::set<std::string> changing;
  for (const auto& path : written) changing.emplace(directory_of(normalize_path(path)));
  for (const auto& [folder, entries] : answers.folders) {
    if (!changing.contains(folder)) inputs.push_back(folder);
  }
  return inputs;
}

}  // namespace stackc
