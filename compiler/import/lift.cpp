#include <algorithm>
#include <array>

#include "compiler/base/text.hpp"
#include "compiler/import/lift_literals.hpp"
#include "compiler/import/lifter.hpp"
#include "compiler/ir/template_form.hpp"

/// The file as a whole: its sections in the order of the template.
namespace stackc::cfn {

Lifter::Lifter(const ir::Template& t, const Document& document, schema::Schema schema,
               const SourceOptions& options, const Wishes& wishes)
    : t_(t),
      document_(document),
      schema_(schema),
      options_(options),
      wishes_(wishes),
      names_(t),
      comments_(document),
      groups_(t) {
  for (const ir::Resource& r : t.resources) resource_by_id_.emplace(r.id, &r);
  for (const ir::Parameter& p : t.parameters) parameter_by_id_.emplace(p.id, &p);
}

StackSource Lifter::run() {
  const auto* root = document_.root->get_if<ir::Object>();
  if (root == nullptr) return std::move(out_);
  stack_line(*root);
  upstreams();
  for (const ir::Member& m : root->members) section(m);
  leave_block();
  const std::vector<std::string_view> rest = comments_.take_rest();
  if (!rest.empty()) paragraph();
  for (const std::string_view line : rest) comment(line);
  return std::move(out_);
}

namespace {

bool is_known(std::string_view section) {
  return std::find(ir::kSections.begin(), ir::kSections.end(), section) != ir::kSections.end();
}

/// Can a section be written as one, or does `@raw` on the stack have to hold it?
bool has_form(const ir::Member& m) {
  if (m.key == "Transform") return true;
  const auto* object = m.value->get_if<ir::Object>();
  return object != nullptr && is_identifier(m.key) && (!object->members.empty() || m.key == "Resources");
}

}  // namespace

/// The stack, with what the template says of itself.
void Lifter::stack_line(const ir::Object& root) {
  for (const ir::Member& m : root.members) {
    if (m.key == "AWSTemplateFormatVersion" || m.key == "Description") comments_before(m.key_origin);
  }
  paragraph();
  std::string raw;
  const auto add = [&](std::string_view key, ir::ValueRef v) {
    put(fmt::format("{}{}: ", raw.empty() ? "@raw({ " : ", ",
                    is_identifier(key) ? std::string(key) : quoted(key)));
    raw = "some";
    if (v == nullptr) return put("none");
    if (v->get_if<ir::Null>() != nullptr || has_function(v)) put("raw ");
    raw_json(v);
  };
  const ir::ValueRef description = root.find("Description");
  const bool documented =
      !t_.description.empty() && can_be_doc(t_.description) && faith_at("/Description") == Faith::Idiom;
  if (documented) doc(t_.description);
  const Piece piece(*this, "", Faith::Idiom);
  const ir::ValueRef version = root.find("AWSTemplateFormatVersion");
  const auto* version_text = version != nullptr ? version->get_if<std::string_view>() : nullptr;
  if (version_text == nullptr || *version_text != "2010-09-09") add("AWSTemplateFormatVersion", version);
  if (!documented && description != nullptr) add("Description", description);
  for (const ir::Member& m : root.members) {
    if (m.key != "Description" && m.key != "AWSTemplateFormatVersion" && !has_form(m)) add(m.key, m.value);
  }
  if (!raw.empty()) put(" })\n");
  put(fmt::format("stack {}\n", quoted(options_.stack_name)));
}

/// The stacks of the project that this one imports from.
void Lifter::upstreams() {
  const auto is_used = [](const UpstreamStack& u) { return !u.name.empty(); };
  if (std::ranges::any_of(options_.upstreams, is_used)) paragraph();
  const auto inner = [](std::string_view text) {
    const std::string whole = quoted(text);
    return whole.substr(1, whole.size() - 2);
  };
  for (const UpstreamStack& u : options_.upstreams) {
    if (!is_used(u)) continue;
    const std::string stack = u.param.empty() ? "" : fmt::format("${{{}}}", names_.value(u.param));
    put(fmt::format("upstream {} as \"{}{}${{name}}{}\" from {}\n", u.name, stack, inner(u.before), inner(u.after),
                    quoted(u.file)));
  }
}

void Lifter::section(const ir::Member& m) {
  if (m.key == "AWSTemplateFormatVersion" || m.key == "Description") return;
  if (!has_form(m)) return;
  const auto* object = m.value->get_if<ir::Object>();
  leave_block();
  paragraph();
  comments_before(m.key_origin);
  section_ = m.key;
  entries_.clear();
  for (const ir::Member& e : object != nullptr ? object->members : std::span<const ir::Member>()) {
    entries_.emplace(e.key, e.value);
  }
  const Step step(*this, m.key);
  if (m.key == "Transform") return transform(m.value);
  if (m.key == "Metadata") return metadata(m.value);
  if (!is_known(m.key)) {
    const Piece piece(*this);
    put(fmt::format("raw {} ", m.key));
    raw_json(m.value);
    return put("\n");
  }
  entries(m.key, groups_.order(t_), [&](const ir::Parameter& p) { parameter(p); });
  entries(m.key, t_.rules, [&](const ir::Rule& r) { rule(r); });
  entries(m.key, t_.mappings, [&](const ir::Mapping& x) { mapping(x); });
  entries(m.key, t_.conditions, [&](const ir::Condition& c) { named_condition(c); });
  entries(m.key, t_.resources, [&](const ir::Resource& r) { resource(r); });
  entries(m.key, t_.outputs, [&](const ir::Output& o) { output(o); });
  raw_section(*object);
}

namespace {

template <class Entry>
struct SectionOf;
template <>
struct SectionOf<ir::Parameter> {
  static constexpr std::string_view name = "Parameters";
};
template <>
struct SectionOf<ir::Rule> {
  static constexpr std::string_view name = "Rules";
};
template <>
struct SectionOf<ir::Mapping> {
  static constexpr std::string_view name = "Mappings";
};
template <>
struct SectionOf<ir::Condition> {
  static constexpr std::string_view name = "Conditions";
};
template <>
struct SectionOf<ir::Resource> {
  static constexpr std::string_view name = "Resources";
};
template <>
struct SectionOf<ir::Output> {
  static constexpr std::string_view name = "Outputs";
};

const ir::Parameter& entry_of(const ir::Parameter* p) { return *p; }
template <class Entry>
const Entry& entry_of(const Entry& entry) {
  return entry;
}

template <class Entry>
ir::ValueRef condition_of(const Entry& entry) {
  if constexpr (requires { entry.condition; })
    return entry.condition;
  else
    return nullptr;
}

}  // namespace

template <class Entries, class Write>
void Lifter::entries(std::string_view section, const Entries& all, const Write& write) {
  using Entry = std::remove_cvref_t<decltype(entry_of(*all.begin()))>;
  if (section != SectionOf<Entry>::name) return;
  for (const auto& each : all) {
    const Entry& entry = entry_of(each);
    const Step step(*this, entry.id);
    if (entry_is_raw()) continue;
    entry_ = entry.id;
    enter(block_condition(section, entry.id, condition_of(entry)));
    const std::size_t before = out_.text.size();
    if (!compact_ || section == "Resources") paragraph();
    comments_before(entry.origin);
    const std::size_t begin = out_.text.size();
    write(entry);
    // What is more than a line stands by itself.
    const auto lines =
        std::count(out_.text.begin() + static_cast<std::ptrdiff_t>(begin), out_.text.end(), '\n');
    compact_ = lines <= 1 && begin <= before + 1;
    for (const std::string_view line : comments_.take_entry(entry.origin.begin)) comment(line);
  }
  leave_block();
  compact_ = false;
}

/// Parameters and conditions keep their declarations: their names are needed everywhere.
bool Lifter::entry_is_raw() const {
  return section_ != "Parameters" && section_ != "Conditions" && faith() == Faith::Raw;
}

/// Entries that are no declarations, and those that could not be written as one.
void Lifter::raw_section(const ir::Object& object) {
  const auto is_entry = [&](std::string_view key) {
    return std::any_of(t_.raw_entries.begin(), t_.raw_entries.end(),
                       [&](const ir::RawEntry& e) { return e.section == section_ && e.key == key; });
  };
  bool open = false;
  for (const ir::Member& m : object.members) {
    const Step step(*this, m.key);
    if (!entry_is_raw() && (t_.raw_entries.empty() || !is_entry(m.key))) continue;
    if (!open) {
      paragraph();
      put(fmt::format("raw {} {{\n", section_));
    }
    open = true;
    comments_before(m.key_origin);
    const Piece piece(*this, path_, Faith::Raw);
    put(fmt::format("{}: ", is_identifier(m.key) ? std::string(m.key) : quoted(m.key)));
    raw_json(m.value);
    put("\n");
  }
  if (open) put("}\n");
  if (section_ != "Resources") return;
  for (const ir::Resource& r : t_.resources) {
    if (faith_at(fmt::format("/Resources/{}", r.id)) != Faith::Raw) continue;
    put(fmt::format("extern resource {}: {}\n", names_.value(r.id), r.type));
  }
}

// ---------------------------------------------------------------- sections of few lines

void Lifter::rule(const ir::Rule& r) {
  const Piece piece(*this);
  put(fmt::format("rule {} ", r.id));
  if (const auto* object = r.value->get_if<ir::Object>()) record(*object, Slot::any(), true);
  put("\n");
}

void Lifter::mapping(const ir::Mapping& m) {
  const Piece piece(*this);
  id_decorator(names_.mapping(m.id), m.id);
  put(fmt::format("mapping {} = ", names_.mapping(m.id)));
  const auto* object = m.value->get_if<ir::Object>();
  if (object != nullptr)
    record(*object, Slot::any(), true);
  else
    raw_json(m.value);
  put("\n");
}

void Lifter::named_condition(const ir::Condition& c) {
  id_decorator(names_.condition(c.id), c.id);
  put(fmt::format("condition {} = ", names_.condition(c.id)));
  condition(c.value, Hold::Loose);
  put("\n");
}

void Lifter::metadata(ir::ValueRef plain) {
  const Piece piece(*this);
  if (faith() == Faith::Raw) {
    put("raw Metadata ");
    raw_json(plain);
    return put("\n");
  }
  const auto* own = t_.metadata != nullptr ? t_.metadata->get_if<ir::Object>() : nullptr;
  if (own != nullptr && groups_.usable() && faith() == Faith::Idiom) return grouped_metadata(*own);
  const bool whole =
      std::any_of(t_.raw.begin(), t_.raw.end(), [](const ir::Member& m) { return m.key == "Metadata"; });
  const ir::ValueRef v = whole ? plain : t_.metadata;
  const auto* object = v != nullptr ? v->get_if<ir::Object>() : nullptr;
  if (object == nullptr || object->members.empty()) return;
  put("metadata ");
  record(*object, Slot::any(),
         object->members.size() > 1 || object->members[0].value->get_if<ir::Object>() != nullptr);
  put("\n");
}

/// Without the groups, which stand on the parameters.
void Lifter::grouped_metadata(const ir::Object& own) {
  bool open = false;
  for (const ir::Member& m : own.members) {
    const auto* interface = m.key == kInterface ? m.value->get_if<ir::Object>() : nullptr;
    if (interface != nullptr && interface->members.size() == 1) continue;
    if (!open) put("metadata {\n");
    open = true;
    if (interface == nullptr) {
      member(m, Slot::any());
      put("\n");
      continue;
    }
    put(fmt::format("{}: {{\n", quoted(kInterface)));
    const Step step(*this, kInterface);
    for (const ir::Member& inner : interface->members) {
      if (inner.key == "ParameterGroups") continue;
      member(inner, Slot::any());
      put("\n");
    }
    put("}\n");
  }
  if (open) put("}\n");
}

void Lifter::transform(ir::ValueRef plain) {
  const Piece piece(*this);
  put("transform ");
  raw_json(plain);
  put("\n");
}

// ---------------------------------------------------------------- blocks

void Lifter::enter(ir::ValueRef condition) {
  std::string_view id;
  if (condition != nullptr) id = *condition->call(ir::Fn::Condition)->args[0]->get_if<std::string_view>();
  if (id == block_) return;
  leave_block();
  block_ = id;
  compact_ = false;
  if (id.empty()) return;
  paragraph();
  put(fmt::format("if {} {{\n", names_.condition(id)));
}

void Lifter::leave_block() {
  if (block_.empty()) return;
  block_ = {};
  put("}\n");
}

StackSource stack_source(const ir::Template& t, const Document& document, schema::Schema schema,
                         const SourceOptions& options, const Wishes& wishes) {
  return Lifter(t, document, schema, options, wishes).run();
}

}  // namespace stackc::cfn
