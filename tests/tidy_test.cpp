// ARCHITECTURE.md, executed: its table of rooms says who may include whom and which third-party
// headers a room may see; its list of long files says which may exceed 400 lines, and why.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/support/files.hpp"

namespace fs = std::filesystem;

namespace stackc::tests {
namespace {

constexpr std::size_t longest_file = 400;

struct Room {
  std::set<std::string> uses;         // rooms whose headers it may include, itself not named
  std::set<std::string> third_party;  // first parts of paths: `tao`, `yaml-cpp`, …
};

std::string trim(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" `");
  if (from == std::string_view::npos) return {};
  return std::string(text.substr(from, text.find_last_not_of(" `") - from + 1));
}

std::vector<std::string> cells(std::string_view row) {
  std::vector<std::string> list;
  row.remove_prefix(1);
  while (!row.empty()) {
    const std::size_t end = row.find('|');
    if (end == std::string_view::npos) break;
    list.push_back(trim(row.substr(0, end)));
    row.remove_prefix(end + 1);
  }
  return list;
}

std::set<std::string> names_in(std::string cell) {
  std::set<std::string> names;
  std::string name;
  cell += ' ';
  for (const char c : cell) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '/' || c == '.') {
      name += c;
    } else if (!name.empty()) {
      names.insert(name);
      name.clear();
    }
  }
  return names;
}

/// The rows of the table under the heading `## <heading>` of ARCHITECTURE.md, without its header.
std::vector<std::vector<std::string>> table(std::string_view heading) {
  std::vector<std::vector<std::string>> rows;
  const std::string text = read_file(source_root() / "ARCHITECTURE.md");
  bool inside = false;
  for (const std::string_view line : split_lines(text)) {
    if (line.starts_with("## ")) inside = line.substr(3) == heading;
    if (inside && line.starts_with("|")) rows.push_back(cells(line));
  }
  EXPECT_GT(rows.size(), 2U) << "no table under `" << heading << "`";
  rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(2, rows.size())));
  return rows;
}

/// Room by name, with what its rooms use added: what it may include.
std::map<std::string, Room> rooms() {
  std::map<std::string, Room> all;
  for (const std::vector<std::string>& row : table("Rooms")) {
    Room room;
    for (const std::string& used : names_in(row.at(1))) {
      const auto found = all.find(used);
      if (found == all.end()) {
        ADD_FAILURE() << "room `" << row.at(0) << "` uses `" << used << "`, which stands below it";
        continue;
      }
      room.uses.insert(used);
      room.uses.insert(found->second.uses.begin(), found->second.uses.end());
    }
    room.third_party = names_in(row.at(2));
    all.emplace(row.at(0), std::move(room));
  }
  return all;
}

/// `compiler/parse/x.hpp` -> `parse`, `grammar/x.hpp` -> `grammar`, else empty.
std::string room_of(std::string_view path) {
  std::string_view rest = path;
  if (rest.starts_with("compiler/")) {
    rest.remove_prefix(9);
  } else if (!rest.starts_with("grammar/") && !rest.starts_with("stdlib/embed/")) {
    return {};
  }
  if (rest.starts_with("stdlib/embed/")) return "embed";
  const std::size_t slash = rest.find('/');
  return slash == std::string_view::npos ? std::string() : std::string(rest.substr(0, slash));
}

std::vector<std::string> sources() {
  std::vector<std::string> files;
  for (const char* folder : {"compiler", "grammar", "stdlib/embed", "tests", "bench"}) {
    for (const std::string& file : files_below(source_root() / folder)) {
      if (file.ends_with(".cpp") || file.ends_with(".hpp")) files.push_back(std::string(folder) + "/" + file);
    }
  }
  return files;
}

struct Include {
  std::string path;
  bool quoted = false;
  std::size_t line = 0;
};

std::vector<Include> includes_of(const std::string& file) {
  std::vector<Include> list;
  const std::string text = read_file(source_root() / file);
  std::size_t number = 0;
  for (const std::string_view line : split_lines(text)) {
    ++number;
    if (!line.starts_with("#include ")) continue;
    const bool quoted = line.substr(9).starts_with('"');
    const std::size_t end = line.find(quoted ? '"' : '>', 10);
    if (end == std::string_view::npos) continue;  // the name is a macro
    list.push_back({std::string(line.substr(10, end - 10)), quoted, number});
  }
  return list;
}

/// What C++ and POSIX bring along may be included anywhere.
bool is_system_header(const std::string& path) {
  return path.find('.') == std::string::npos || path.starts_with("sys/") ||
         (path.find('/') == std::string::npos && path.ends_with(".h"));
}

/// A bare name that no file beside `file` has: the build makes it.
bool is_generated(const std::string& file, const std::string& include) {
  return include.find('/') == std::string::npos &&
         !fs::exists((source_root() / file).parent_path() / include);
}

TEST(Rooms, IncludeOnlyWhatStandsToTheirLeft) {
  const std::map<std::string, Room> all = rooms();
  for (const std::string& file : sources()) {
    const std::string room = room_of(file);
    if (room.empty()) continue;
    const auto found = all.find(room);
    if (found == all.end()) {
      ADD_FAILURE() << file << ": `" << room << "` is not in ARCHITECTURE.md's table of rooms";
      continue;
    }
    for (const Include& include : includes_of(file)) {
      if (!include.quoted || is_generated(file, include.path)) continue;
      const std::string other = room_of(include.path);
      EXPECT_FALSE(other.empty()) << file << ":" << include.line << ": include \"" << include.path
                                  << "\" from the repository's root";
      if (other.empty() || other == room) continue;
      EXPECT_TRUE(found->second.uses.contains(other))
          << file << ":" << include.line << ": `" << room << "` may not see `" << other << "`";
    }
  }
}

TEST(Rooms, KeepThirdPartyLibrariesBehindTheirFences) {
  const std::map<std::string, Room> all = rooms();
  for (const std::string& file : sources()) {
    const std::string room = room_of(file);
    const auto found = all.find(room);
    if (found == all.end()) continue;
    for (const Include& include : includes_of(file)) {
      if (include.quoted || is_system_header(include.path)) continue;
      const std::string library = include.path.substr(0, include.path.find('/'));
      EXPECT_TRUE(found->second.third_party.contains(library))
          << file << ":" << include.line << ": `" << library << "` is not for the room `" << room << "`";
    }
  }
}

TEST(Rooms, HaveAHeader) {
  for (const auto& [name, room] : rooms()) {
    const fs::path folder = source_root() / (name == "grammar" ? "grammar"
                                             : name == "embed" ? "stdlib/embed"
                                                               : "compiler/" + name);
    const std::vector<std::string> files = files_below(folder);
    EXPECT_TRUE(
        std::any_of(files.begin(), files.end(), [](const std::string& f) { return f.ends_with(".hpp"); }))
        << "the room `" << name << "` has no header";
  }
}

TEST(Files, FitTheirLength) {
  std::set<std::string> excused;
  for (const std::vector<std::string>& row : table("Long files")) excused.insert(row.at(0));
  for (const std::string& file : sources()) {
    const std::string text = read_file(source_root() / file);
    const std::size_t lines = split_lines(text).size();
    if (lines > longest_file) {
      EXPECT_TRUE(excused.contains(file)) << file << " has " << lines << " lines: split it by subject";
    } else {
      EXPECT_FALSE(excused.contains(file)) << file << " is short enough to leave the list of long files";
    }
  }
  for (const std::string& file : excused) EXPECT_TRUE(fs::exists(source_root() / file)) << file;
}

TEST(Headers, AreGuarded) {
  for (const std::string& file : sources()) {
    if (!file.ends_with(".hpp")) continue;
    const std::string text = read_file(source_root() / file);
    EXPECT_NE(text.find("#pragma once"), std::string::npos) << file;
  }
}

/// Links `[…](target)` of a page, without those that leave the repository.
std::vector<std::string> links_in(const std::string& text) {
  std::vector<std::string> links;
  for (std::size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at + 2)) {
    const std::size_t end = text.find_first_of(")# \n", at + 2);
    if (end == std::string::npos) break;
    std::string target = text.substr(at + 2, end - at - 2);
    if (!target.empty() && target.find("://") == std::string::npos) links.push_back(std::move(target));
  }
  return links;
}

TEST(Documentation, LinksResolve) {
  std::vector<std::string> pages = {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"};
  for (const char* folder : {"docs", "examples", "grammar", "editors", "compiler", "stdlib"}) {
    for (const std::string& file : files_below(source_root() / folder)) {
      if (file.ends_with(".md") && file.find("node_modules/") == std::string::npos) {
        pages.push_back(std::string(folder) + "/" + file);
      }
    }
  }
  for (const std::string& page : pages) {
    const std::string text = read_file(source_root() / page);
    for (const std::string& link : links_in(text)) {
      EXPECT_TRUE(fs::exists((source_root() / page).parent_path() / link)) << page << ": " << link;
    }
  }
}

/// The names that a library offers: components, functions, types, and what components take and give.
std::vector<std::string> offered_names(const std::string& text) {
  std::vector<std::string> names;
  for (std::string_view line : split_lines(text)) {
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    for (const std::string_view keyword :
         {"component ", "const param ", "param ", "output ", "fn ", "type "}) {
      if (!line.starts_with(keyword)) continue;
      line.remove_prefix(keyword.size());
      names.emplace_back(line.substr(0, line.find_first_of(" :=({")));
      break;
    }
  }
  return names;
}

TEST(Documentation, OfTheStandardLibraryIsComplete) {
  for (const std::string& file : files_below(source_root() / "stdlib" / "std")) {
    if (!file.ends_with(".stack")) continue;
    const std::string page = "docs/std/" + fs::path(file).stem().string() + ".md";
    ASSERT_TRUE(fs::exists(source_root() / page)) << "stdlib/std/" << file << " wants " << page;
    const std::string text = read_file(source_root() / page);
    for (const std::string& name : offered_names(read_file(source_root() / "stdlib" / "std" / file))) {
      const bool named = text.find("`" + name + "`") != std::string::npos ||
                         text.find("`" + name + "(") != std::string::npos;
      EXPECT_TRUE(named) << page << " says nothing of `" << name << "`";
    }
  }
}

}  // namespace
}  // namespace stackc::tests
