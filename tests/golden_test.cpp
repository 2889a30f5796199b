// Compiles the sources below golden/ and examples/ and compares everything that comes out, byte for
// byte, with what stands beside them:
//
//   golden/ok/<feature>/<case>.stack      <case>.template.json, and <case>.stderr when it warns
//   golden/ok/<feature>/<case>.yaml       a template as input, or <case>.json: the same
//   golden/ok/<feature>/<case>/           several files: <case>/expected/…, <case>/expected.stderr
//   golden/fail/<stage>/<slug>.stack      <slug>.stderr; nothing may be written
//   golden/fail/<stage>/<slug>.yaml       or <slug>.json: the same
//   golden/fail/<stage>/<slug>/           several files: <slug>/expected.stderr
//   examples/<name>/                      golden/examples/<name>/…
//
// Further arguments for `stackc build` stand in a first line `// golden: --env staging` (in YAML `# golden: `),
// or in a file `golden.args` of a folder. STACKC_UPDATE_GOLDENS=1 writes instead of comparing.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/files.hpp"
#include "tests/support/process.hpp"

namespace fs = std::filesystem;

namespace stackc::tests {
namespace {

struct Case {
  std::string name;                // for GoogleTest: letters, digits, `_`
  fs::path cwd;                    // where the compiler runs
  std::string input;               // what it compiles, relative to `cwd`
  std::vector<std::string> extra;  // further arguments
  bool fails = false;
  /// Goldens are `prefix` + what is written: `…/case.` + `template.json`, or `…/case/expected/` +
  /// the file's path.
  std::string prefix;  // relative to the repository
  std::string stderr_golden;
};

/// How GoogleTest shows a case in messages.
void PrintTo(const Case& c, std::ostream* out) { *out << (c.cwd / c.input).lexically_normal().string(); }

bool updating() { return std::getenv("STACKC_UPDATE_GOLDENS") != nullptr; }

std::vector<std::string> words(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> list;
  for (std::string word; in >> word;) list.push_back(word);
  return list;
}

std::vector<std::string> arguments_in(const fs::path& input) {
  if (fs::is_directory(input)) {
    const fs::path list = input / "golden.args";
    return fs::exists(list) ? words(read_file(list)) : std::vector<std::string>{};
  }
  const std::string_view marker = input.extension() == ".stack" ? "// golden: " : "# golden: ";
  const std::string text = read_file(input);
  if (text.rfind(marker, 0) != 0) return {};
  return words(text.substr(marker.size(), text.find('\n') - marker.size()));
}

std::string test_name(const std::string& path) {
  std::string name = path;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}

/// What a case can compile; the JSON that is written has a word more before its ending.
bool is_source(const std::string& path) {
  for (const char* written : {".template.json", ".parameters.json", ".map.json", ".template.yaml"}) {
    if (path.ends_with(written)) return false;
  }
  return path.ends_with(".stack") || path.ends_with(".yaml") || path.ends_with(".json");
}

/// The cases of one folder of golden/ok or golden/fail.
void add_cases(const fs::path& group, bool fails, std::vector<Case>& cases) {
  for (const fs::directory_entry& entry : fs::directory_iterator(group)) {
    const fs::path& path = entry.path();
    const bool folder = entry.is_directory();
    if (!folder && !is_source(path.string())) continue;
    Case c;
    const fs::path shown = path.lexically_relative(source_root());
    c.name = test_name((shown.parent_path().lexically_relative("golden") / path.stem()).generic_string());
    c.cwd = folder ? path : path.parent_path();
    c.input = folder ? "." : path.filename().string();
    c.extra = arguments_in(path);
    c.fails = fails;
    const std::string stem = (shown.parent_path() / path.stem()).generic_string();
    c.prefix = folder ? shown.generic_string() + "/expected/" : stem + ".";
    c.stderr_golden = folder ? shown.generic_string() + "/expected.stderr" : stem + ".stderr";
    cases.push_back(std::move(c));
  }
}

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  for (const bool fails : {false, true}) {
    const fs::path kind = source_root() / "golden" / (fails ? "fail" : "ok");
    if (!fs::is_directory(kind)) continue;
    for (const fs::directory_entry& group : fs::directory_iterator(kind)) {
      if (group.is_directory()) add_cases(group.path(), fails, cases);
    }
  }
  for (const fs::directory_entry& example : fs::directory_iterator(source_root() / "examples")) {
    if (!example.is_directory()) continue;
    const std::string name = example.path().filename().string();
    cases.push_back({"examples_" + test_name(name), example.path(), ".", arguments_in(example.path()), false,
                     "golden/examples/" + name + "/", "golden/examples/" + name + ".stderr"});
  }
  std::sort(cases.begin(), cases.end(), [](const Case& a, const Case& b) { return a.name < b.name; });
  return cases;
}

/// Files that programs read at compile time stand in a folder `data`.
bool is_input(const std::string& path) {
  if (path.find("/expected/") != std::string::npos || path.starts_with("golden/examples/")) return false;
  return path.find("/data/") != std::string::npos || is_source(path) || path.ends_with("golden.args");
}

/// The goldens on disk that belong to a case, by path relative to the repository.
std::map<std::string, std::string> goldens_of(const Case& c) {
  std::map<std::string, std::string> goldens;
  const fs::path folder = source_root() / fs::path(c.prefix).parent_path();
  for (const std::string& file : files_below(folder)) {
    const std::string path = fs::path(c.prefix).parent_path().generic_string() + "/" + file;
    if (path.starts_with(c.prefix) && !is_input(path)) goldens.emplace(path, read_file(source_root() / path));
  }
  if (fs::exists(source_root() / c.stderr_golden)) {
    goldens.emplace(c.stderr_golden, read_file(source_root() / c.stderr_golden));
  }
  return goldens;
}

struct Outcome {
  ProcessResult process;
  std::map<std::string, std::string> written;  // by path below the output folder
};

Outcome compile(const Case& c) {
  const TemporaryFolder out;
  std::vector<std::string> argv = {STACKC_BINARY, "build", c.input, "--out", out.path(), "--color", "never"};
  argv.insert(argv.end(), c.extra.begin(), c.extra.end());
  Outcome outcome;
  outcome.process = run_process(argv, c.cwd);
  outcome.written = contents_below(out.path());
  return outcome;
}

/// What should stand in golden/ after this outcome.
std::map<std::string, std::string> goldens_from(const Case& c, const Outcome& outcome) {
  std::map<std::string, std::string> goldens;
  for (const auto& [path, text] : outcome.written) {
    // A lone source's template takes the case's name, whatever its stack is called.
    const std::size_t dot = path.find('.');
    const bool lone = c.prefix.ends_with('.') && dot != std::string::npos;
    goldens.emplace(c.prefix + (lone ? path.substr(dot + 1) : path), text);
  }
  if (!outcome.process.err.empty()) goldens.emplace(c.stderr_golden, outcome.process.err);
  return goldens;
}

void update(const Case& c, const std::map<std::string, std::string>& seen) {
  for (const auto& [path, text] : goldens_of(c)) {
    if (!seen.contains(path)) fs::remove(source_root() / path);
  }
  for (const auto& [path, text] : seen) {
    const fs::path file = source_root() / path;
    if (!fs::exists(file) || read_file(file) != text) write_file(file, text);
  }
}

void compare(const std::map<std::string, std::string>& expected,
             const std::map<std::string, std::string>& seen) {
  constexpr std::string_view hint = "if the new text is right: scripts/update-goldens";
  for (const auto& [path, text] : seen) {
    const auto golden = expected.find(path);
    if (golden == expected.end()) {
      ADD_FAILURE() << "no golden " << path << " for\n" << text << hint;
    } else if (golden->second != text) {
      ADD_FAILURE() << path << " differs (- golden, + now)\n" << line_diff(golden->second, text) << hint;
    }
  }
  for (const auto& [path, text] : expected) {
    if (!seen.contains(path)) ADD_FAILURE() << path << " is no longer written\n" << hint;
  }
}

class Golden : public ::testing::TestWithParam<Case> {};

TEST_P(Golden, SaysWhatItSaid) {
  const Case& c = GetParam();
  const Outcome outcome = compile(c);
  ASSERT_EQ(outcome.process.status, c.fails ? 1 : 0) << outcome.process.err;
  EXPECT_EQ(outcome.process.out, "");
  if (c.fails) {
    EXPECT_TRUE(outcome.written.empty()) << "a failed build wrote " << outcome.written.begin()->first;
    EXPECT_NE(outcome.process.err, "");
  } else {
    EXPECT_FALSE(outcome.written.empty()) << "nothing was written";
  }
  const auto seen = goldens_from(c, outcome);
  if (updating()) {
    update(c, seen);
  } else {
    compare(goldens_of(c), seen);
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, Golden, ::testing::ValuesIn(all_cases()),
                         [](const auto& param) { return param.param.name; });

TEST(GoldenFolder, HasNoOrphans) {
  std::set<std::string> claimed;
  for (const Case& c : all_cases()) {
    for (const auto& [path, text] : goldens_of(c)) claimed.insert(path);
  }
  for (const std::string& file : files_below(source_root() / "golden")) {
    const std::string path = "golden/" + file;
    if (is_input(path) || claimed.contains(path)) continue;
    if (path.starts_with("golden/import/")) continue;  // import_golden_test.cpp looks after these
    if (path.starts_with("golden/diff/")) continue;    // diff_golden_test.cpp does
    if (path.starts_with("golden/policy/")) continue;  // policy_golden_test.cpp does
    if (updating()) {
      fs::remove(source_root() / path);
    } else {
      ADD_FAILURE() << path << " belongs to no source; scripts/update-goldens removes it";
    }
  }
}

TEST(Sources, OfExamplesAndStandardLibraryAreFormatted) {
  const ProcessResult result = run_process(
      {STACKC_BINARY, "fmt", "--check", "--color", "never", "examples", "stdlib/std"}, source_root());
  EXPECT_EQ(result.status, 0) << result.out << result.err;
}

}  // namespace
}  // namespace stackc::tests
