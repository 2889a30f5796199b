#include <array>
#include <string>
#include <unordered_map>

#include "compiler/analysis/checks.hpp"
#include "compiler/base/name_table.hpp"
#include "compiler/base/text.hpp"

namespace stackc::analysis {
namespace {

constexpr std::size_t kMaxName = 255;

/// By byte: whether it is a letter or a digit.
constexpr auto kAlphanumeric = [] {
  std::array<bool, 256> table{};
  for (std::size_t c = 'A'; c <= 'Z'; ++c) table[c] = true;
  for (std::size_t c = 'a'; c <= 'z'; ++c) table[c] = true;
  for (std::size_t c = '0'; c <= '9'; ++c) table[c] = true;
  return table;
}();
constexpr bool is_alphanumeric(char c) { return kAlphanumeric[static_cast<unsigned char>(c)]; }

/// The names of one namespace, and where each was first given.
class Namespace {
 public:
  explicit Namespace(Sink& sink, std::string_view also = {}) : sink_(sink), also_(also) {}

  void reserve(std::size_t count) { seen_.reserve(count); }

  /// `kind` is the noun for messages, with its article: "a parameter".
  void add(std::string_view id, std::string_view kind, Span origin) {
    check_form(id, kind, origin);
    const auto [first, fresh] = seen_.add(id, Entry{kind, origin});
    if (fresh) return;
    auto& d = sink_.report(Code::DuplicateLogicalId, origin,
                           first->kind == kind
                               ? fmt::format("the logical ID `{}` is given twice", id)
                               : fmt::format("the logical ID `{}` is given to {} and to {}", id, first->kind, kind),
                           std::string(kind));
    d.label(first->origin, std::string(first->kind));
    d.help("rename one of the two, or give it another logical ID with `@id(\"…\")`");
  }

 private:
  struct Entry {
    std::string_view kind;
    Span origin;
  };

  void check_form(std::string_view id, std::string_view kind, Span origin) {
    const bool fits = !id.empty() && id.size() <= kMaxName;
    std::size_t bad = 0;
    while (bad < id.size() && (is_alphanumeric(id[bad]) || also_.find(id[bad]) != std::string_view::npos)) ++bad;
    if (fits && bad == id.size()) return;
    std::string why = id.size() > kMaxName ? fmt::format("it is {} characters long", id.size())
                      : id.empty()         ? "it is empty"
                                           : "";
    sink_.report(Code::InvalidLogicalId, origin, fmt::format("`{}` cannot be the logical ID of {}",
                                                             id.substr(0, 64), kind), std::move(why))
        .note("CloudFormation takes letters A to Z, a to z and digits, at most 255 of them");
  }

  Sink& sink_;
  std::string_view also_;  // further characters that a name may have
  NameTable<Entry> seen_;
};

/// Both outputs can exist at once, as far as their conditions show.
bool may_coexist(const ir::Output& a, const ir::Output& b) {
  return a.condition == nullptr || b.condition == nullptr || ir::equal(a.condition, b.condition);
}

struct ByValueHash {
  std::size_t operator()(ir::ValueRef v) const { return ir::hash(v); }
};
struct ByValueEqual {
  bool operator()(ir::ValueRef a, ir::ValueRef b) const { return ir::equal(a, b); }
};

void check_exports(const ir::Template& t, Sink& sink) {
  std::unordered_map<ir::ValueRef, const ir::Output*, ByValueHash, ByValueEqual> seen;
  for (const ir::Output& o : t.outputs) {
    if (o.export_name == nullptr) continue;
    const auto [at, fresh] = seen.try_emplace(o.export_name, &o);
    if (fresh || !may_coexist(*at->second, o)) continue;
    sink.report(Code::DuplicateExport, o.origin,
                fmt::format("the outputs `{}` and `{}` export the same name", at->second->id, o.id))
        .label(at->second->origin, "first exported here");
  }
}

}  // namespace

void check_identity(const ir::Template& t, Sink& sink) {
  Namespace values(sink);  // parameters and resources share one
  values.reserve(t.parameters.size() + t.resources.size());
  for (const auto& p : t.parameters) values.add(p.id, "a parameter", p.origin);
  for (const auto& r : t.resources) values.add(r.id, "a resource", r.origin);
  Namespace rules(sink);
  for (const auto& r : t.rules) rules.add(r.id, "a rule", r.origin);
  Namespace mappings(sink);
  for (const auto& m : t.mappings) mappings.add(m.id, "a mapping", m.origin);
  Namespace conditions(sink, "&_");
  for (const auto& c : t.conditions) conditions.add(c.id, "a condition", c.origin);
  Namespace outputs(sink);
  for (const auto& o : t.outputs) outputs.add(o.id, "an output", o.origin);
  check_exports(t, sink);
}

}  // namespace stackc::analysis
