#include "compiler/driver/import_project.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "compiler/base/filesystem.hpp"
#include "compiler/base/text.hpp"

namespace stackc {
namespace {

constexpr std::string_view kOwnName = "${AWS::StackName}";

const std::string_view* text_of(ir::ValueRef v) {
  return v != nullptr ? v->get_if<std::string_view>() : nullptr;
}

/// The name of an export or import, as text or as the text of an `Fn::Sub`.
std::optional<std::string_view> name_text(ir::ValueRef v) {
  if (const auto* text = text_of(v)) return *text;
  const ir::Call* sub = v != nullptr ? v->call(ir::Fn::SubText) : nullptr;
  if (sub == nullptr || sub->args.size() != 1) return std::nullopt;
  const auto* text = text_of(sub->args[0]);
  return text != nullptr ? std::optional(*text) : std::nullopt;
}

/// `NetworkStack` of `${NetworkStack}-VPC`, when that is a parameter and nothing else is interpolated.
std::string_view leading_param(const ir::Template& t, std::string_view text) {
  const std::size_t close = text.find('}');
  if (!text.starts_with("${") || close == std::string_view::npos) return {};
  if (text.find("${", 2) != std::string_view::npos) return {};
  const std::string_view id = text.substr(2, close - 2);
  const bool known = std::any_of(t.parameters.begin(), t.parameters.end(), [&](const auto& p) { return p.id == id; });
  return known ? id : std::string_view();
}

void collect_imports(ir::ValueRef v, std::set<std::string>& names) {
  if (v == nullptr) return;
  if (const auto* list = v->get_if<ir::List>()) {
    for (ir::ValueRef item : list->items) collect_imports(item, names);
  } else if (const auto* object = v->get_if<ir::Object>()) {
    for (const ir::Member& m : object->members) collect_imports(m.value, names);
  } else if (const auto* call = v->get_if<ir::Call>()) {
    if (call->fn == ir::Fn::ImportValue && !call->args.empty()) {
      if (const auto name = name_text(call->args[0])) names.emplace(*name);
    }
    for (ir::ValueRef arg : call->args) collect_imports(arg, names);
  }
}

std::set<std::string> imports_of(const ir::Template& t) {
  std::set<std::string> names;
  for (const ir::Resource& r : t.resources) {
    collect_imports(r.properties, names);
    collect_imports(r.metadata, names);
  }
  for (const ir::Output& o : t.outputs) collect_imports(o.value, names);
  return names;
}

struct Exported {
  std::size_t stack;
  std::string output;  // its logical ID
};

class Connections {
 public:
  explicit Connections(const std::vector<ProjectTemplate>& templates) : all_(templates) {
    for (std::size_t i = 0; i < all_.size(); ++i) {
      for (const ir::Output& o : all_[i].tmpl->outputs) {
        const auto name = name_text(o.export_name);
        if (!name) continue;
        const bool own = name->starts_with(kOwnName);
        const std::string_view rest = own ? name->substr(kOwnName.size()) : *name;
        if (rest.find("${") != std::string_view::npos) continue;
        (own ? by_suffix_ : by_name_)[std::string(rest)].push_back({i, std::string(o.id)});
      }
    }
  }

  std::vector<std::size_t> run() {
    needs_.resize(all_.size());
    for (std::size_t i = 0; i < all_.size(); ++i) connect_one(i);
    state_.assign(all_.size(), 0);
    for (std::size_t i = 0; i < all_.size(); ++i) visit(i);
    return std::move(order_);
  }

 private:
  void connect_one(std::size_t i) {
    const ir::Template& t = *all_[i].tmpl;
    std::map<std::string_view, std::vector<std::string_view>> by_param;  // the ends of names behind a param
    const std::set<std::string> names = imports_of(t);
    for (const std::string& name : names) {
      const std::string_view param = leading_param(t, name);
      if (!param.empty()) {
        by_param[param].push_back(std::string_view(name).substr(param.size() + 3));
      } else if (const auto found = by_name_.find(name); found != by_name_.end() && found->second.size() == 1) {
        add(i, found->second.front(), name, {}, name);
      }
    }
    for (const auto& [param, ends] : by_param) {
      const std::optional<std::size_t> stack = only_exporter(ends);
      if (!stack) continue;
      for (const std::string_view end : ends) {
        const auto& candidates = by_suffix_.at(std::string(end));
        const auto one = std::find_if(candidates.begin(), candidates.end(),
                                      [&](const Exported& e) { return e.stack == *stack; });
        add(i, *one, fmt::format("${{{}}}{}", param, end), param, end);
      }
    }
  }

  /// The one stack that exports all of these; nothing when none does, or several.
  [[nodiscard]] std::optional<std::size_t> only_exporter(const std::vector<std::string_view>& ends) const {
    std::optional<std::set<std::size_t>> common;
    for (const std::string_view end : ends) {
      std::set<std::size_t> here;
      if (const auto found = by_suffix_.find(std::string(end)); found != by_suffix_.end()) {
        for (const Exported& e : found->second) {
          if (!common || common->contains(e.stack)) here.insert(e.stack);
        }
      }
      common = std::move(here);
    }
    return common && common->size() == 1 ? std::optional(*common->begin()) : std::nullopt;
  }

  /// `text`: the name without the parameter. It has to be made of the output's ID.
  void add(std::size_t i, const Exported& exported, std::string name, std::string_view param, std::string_view text) {
    const std::size_t at = text.rfind(exported.output);
    if (exported.stack == i || at == std::string_view::npos) return;
    cfn::UpstreamStack wanted{{},
                              path_between(all_[i].output, all_[exported.stack].output),
                              std::string(param),
                              std::string(text.substr(0, at)),
                              std::string(text.substr(at + exported.output.size()))};
    auto& upstreams = all_[i].options->upstreams;
    auto found = std::find_if(upstreams.begin(), upstreams.end(), [&](const cfn::UpstreamStack& u) {
      return u.file == wanted.file && u.param == wanted.param && u.before == wanted.before && u.after == wanted.after;
    });
    if (found == upstreams.end()) {
      wanted.name = free_name(i, wanted.file);
      found = upstreams.insert(upstreams.end(), std::move(wanted));
    }
    all_[i].options->imports[std::move(name)] = {static_cast<std::size_t>(found - upstreams.begin()), exported.output};
    needs_[i].insert(exported.stack);
  }

  /// `Network` for `../network.stack`, unless the template has something of that name.
  [[nodiscard]] std::string free_name(std::size_t i, std::string_view file) const {
    const std::string_view stem = file.substr(file.rfind('/') + 1);
    std::string base;
    bool upper = true;
    for (const char c : stem.substr(0, stem.rfind('.'))) {
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (letter || (!base.empty() && c >= '0' && c <= '9')) {
        base += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        upper = false;
      } else {
        upper = true;
      }
    }
    if (base.empty()) base = "Other";
    std::string name = base;
    for (int n = 2; is_taken(i, name); ++n) name = fmt::format("{}{}", base, n);
    return name;
  }

  [[nodiscard]] bool is_taken(std::size_t i, std::string_view name) const {
    const ir::Template& t = *all_[i].tmpl;
    const auto has = [&](const auto& entries) {
      return std::any_of(entries.begin(), entries.end(), [&](const auto& e) { return e.id == name; });
    };
    const auto& upstreams = all_[i].options->upstreams;
    return has(t.parameters) || has(t.resources) || has(t.conditions) || has(t.mappings) ||
           std::any_of(upstreams.begin(), upstreams.end(), [&](const auto& u) { return u.name == name; });
  }

  /// Those that are needed first; a stack that is being visited already is not needed by its name.
  void visit(std::size_t i) {
    if (state_[i] != 0) return;
    state_[i] = 1;
    for (const std::size_t need : needs_[i]) {
      if (state_[need] == 1) {
        forget(i, need);
      } else {
        visit(need);
      }
    }
    state_[i] = 2;
    order_.push_back(i);
  }

  void forget(std::size_t i, std::size_t need) {
    cfn::SourceOptions& options = *all_[i].options;
    const std::string file = path_between(all_[i].output, all_[need].output);
    std::erase_if(options.imports, [&](const auto& entry) { return options.upstreams[entry.second.upstream].file == file; });
    // Their places stay, so that the others keep their numbers: an upstream that nothing names is not written.
    for (cfn::UpstreamStack& u : options.upstreams) {
      if (u.file == file) u.name.clear();
    }
  }

  const std::vector<ProjectTemplate>& all_;
  std::map<std::string, std::vector<Exported>> by_name_;    // names that are text
  std::map<std::string, std::vector<Exported>> by_suffix_;  // what stands behind the stack's own name
  std::vector<std::set<std::size_t>> needs_;
  std::vector<int> state_;
  std::vector<std::size_t> order_;
};

}  // namespace

std::vector<std::size_t> connect(const std::vector<ProjectTemplate>& templates) { return Connections(templates).run(); }

std::string path_between(std::string_view from, std::string_view to) {
  std::string up;
  std::string_view folder = directory_of(from);
  while (folder != "." && folder != "/" && !folder.empty() && !(to.size() > folder.size() && to.starts_with(folder) && to[folder.size()] == '/')) {
    up += "../";
    folder = directory_of(folder);
  }
  if (folder == "/") return up + std::string(to.substr(1));
  return up + std::string(folder == "." || folder.empty() ? to : to.substr(folder.size() + 1));
}

}  // namespace stackc
