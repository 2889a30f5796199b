#include "compiler/import/yaml_continued.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <optional>
#include <sstream>

namespace stackc::cfn {
namespace {

/// Each one costs a reading of the text; who writes more of them gets an error at the next.
constexpr std::size_t kMostLines = 200;

struct Line {
  std::size_t begin;   // of the line
  std::size_t indent;  // white space before its first character
};

/// The column of the tag in `- !Sub text`, when plain text follows it on the line.
std::optional<std::size_t> tag_column(std::string_view line) {
  std::size_t at = line.find_first_not_of(' ');
  bool in_list = false;
  while (at != std::string_view::npos && line.substr(at).starts_with("- ")) {
    in_list = true;
    at = line.find_first_not_of(' ', at + 1);
  }
  if (!in_list || at == std::string_view::npos || line[at] != '!') return std::nullopt;
  const std::size_t word = line.find(' ', at);
  const std::size_t content = word == std::string_view::npos ? word : line.find_first_not_of(" \r", word);
  if (content == std::string_view::npos) return std::nullopt;
  constexpr std::string_view kNotPlain = "'\"|>[{&*#!%@`";
  return kNotPlain.find(line[content]) == std::string_view::npos ? std::optional(at) : std::nullopt;
}

/// The lines that may go on with such a text.
std::vector<Line> candidates(std::string_view yaml) {
  std::vector<Line> found;
  std::optional<std::size_t> column;  // of the tag above, while its text may go on
  for (std::size_t begin = 0; begin < yaml.size();) {
    const std::size_t end = std::min(yaml.find('\n', begin), yaml.size());
    const std::string_view line = yaml.substr(begin, end - begin);
    const std::size_t indent = line.find_first_not_of(" \r");
    if (indent != std::string_view::npos) {
      const bool goes_on = column == indent;
      if (goes_on) found.push_back({begin, indent});
      if (!goes_on) column = tag_column(line);
    }
    begin = end + 1;
  }
  return found;
}

class Silent final : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

/// Where the library stops with an error; nothing when it reads all of it.
std::optional<std::size_t> place_of_error(const std::string& text) {
  try {
    std::istringstream in{text};
    YAML::Parser parser(in);
    Silent events;
    while (parser.HandleNextDocument(events)) {
    }
  } catch (const YAML::Exception& e) {
    return e.mark.pos < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(e.mark.pos));
  } catch (const std::exception&) {
    return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

ContinuedYaml::ContinuedYaml(std::string_view yaml) : text_(yaml) {
  const std::vector<Line> lines = candidates(yaml);
  if (lines.empty()) return;
  while (added_.size() < kMostLines) {
    const auto error = place_of_error(text_);
    if (!error) return;
    const std::size_t place = original(*error);
    const auto line = std::find_if(lines.begin(), lines.end(),
                                   [&](const Line& l) { return place == l.begin + l.indent; });
    if (line == lines.end()) return;
    // An error at a line that has its space already is an error of its own.
    const std::size_t at = *error - line->indent;
    if (std::binary_search(added_.begin(), added_.end(), at - 1)) return;
    text_.insert(at, 1, ' ');
    for (std::size_t& earlier : added_) earlier += earlier >= at ? 1 : 0;
    added_.insert(std::upper_bound(added_.begin(), added_.end(), at), at);
  }
}

std::size_t ContinuedYaml::original(std::size_t at) const {
  const auto before = std::lower_bound(added_.begin(), added_.end(), at) - added_.begin();
  return at - static_cast<std::size_t>(before);
}

}  // namespace stackc::cfn
