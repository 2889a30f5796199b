#include "bench/stages/workload.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string_view>

#include "compiler/emit/emit.hpp"
#include "compiler/ir/passes.hpp"

namespace stackc::bench {

namespace {

[[noreturn]] void give_up(std::string_view why) {
  std::fprintf(stderr, "stackc_stages: %.*s\n", static_cast<int>(why.size()), why.data());
  std::exit(1);
}

void expect_fine(const Sink& sink) {
  if (sink.has_errors()) give_up(sink.all().front().message);
}

std::string read(const std::string& name) {
  std::ifstream file{std::string{STACKC_SOURCE_DIR "/bench/workload/stack/"} + name};
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) give_up("cannot read " + name);
  return text.str();
}

/// The exports of the stacks before.
class Before final : public eval::Upstreams {
 public:
  const std::vector<eval::Export>* exports(ModuleId upstream) override { return &exports_[upstream.value]; }
  void add(ModuleId id, std::vector<eval::Export> exports) { exports_[id.value] = std::move(exports); }

 private:
  std::map<std::uint32_t, std::vector<eval::Export>> exports_;
};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  if (at == std::string::npos) give_up("the template of the app has changed");
  return text.replace(at, from.size(), to);
}

}  // namespace

const MemoryFileSystem& pair_files() {
  static const MemoryFileSystem files = [] {
    MemoryFileSystem made;
    for (const auto& path : pair_paths()) made.files[path] = read(path);
    return made;
  }();
  return files;
}

const std::vector<std::string>& pair_paths() {
  static const std::vector<std::string> paths{"network.stack", "app.stack"};
  return paths;
}

std::int64_t pair_bytes() {
  std::size_t bytes = 0;
  for (const auto& [path, text] : pair_files().files) bytes += text.size();
  return static_cast<std::int64_t>(bytes);
}

Checked::Checked() {
  Sink sink;
  graph_ = load_modules(pair_paths(), pair_files(), sources_, sink);
  program_ = sema::check(graph_, sources_, sink);
  expect_fine(sink);
}

std::vector<std::unique_ptr<ir::Template>> Checked::evaluate() const {
  std::vector<std::unique_ptr<ir::Template>> templates;
  Before before;
  Sink sink;
  for (const auto id : graph_.order) {
    if (!graph_[id].stack.valid()) continue;
    auto evaluated = eval::evaluate(*program_, id, {}, before, sources_, sink);
    before.add(id, std::move(evaluated.exports));
    templates.push_back(std::move(evaluated.tmpl));
  }
  expect_fine(sink);
  return templates;
}

void lower(ir::Template& t) {
  Sink sink;
  ir::hoist(t, sink);
  ir::name_conditions(t, sink);
  ir::add_dependencies(t);
  expect_fine(sink);
}

Finished::Finished() : templates(checked.evaluate()) {
  for (const auto& t : templates) lower(*t);
}

const std::string& app_json() {
  static const std::string json = emit::template_json(*Finished{}.templates.back());
  return json;
}

const std::string& changed_app_json() {
  static const std::string json = [] {
    auto text = replaced(app_json(), "\"AllocatedStorage\": \"100\"", "\"AllocatedStorage\": \"200\"");
    text = replaced(std::move(text), "\"t3.small\"", "\"t3.medium\"");
    return replaced(std::move(text), "\"FromPort\": 5432", "\"FromPort\": 5431");
  }();
  return json;
}

Imported::Imported(const std::string& json) {
  Sink sink;
  const auto file = sources.add("app.template.json", json);
  document = cfn::read_document(file, sources, sink);
  if (document != nullptr) tmpl = cfn::read_template(*document, sink);
  expect_fine(sink);
}

}  // namespace stackc::bench
