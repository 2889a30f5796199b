#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/import/lift_literals.hpp"
#include "compiler/import/lifter.hpp"

/// What the declarations of a template have in common: documentation, decorators, attributes as they stand.
namespace stackc::cfn {

bool Lifter::has_function(ir::ValueRef v) {
  if (const auto* items = v->get_if<ir::List>()) {
    return std::any_of(items->items.begin(), items->items.end(), has_function);
  }
  const auto* object = v->get_if<ir::Object>();
  return object != nullptr &&
         std::any_of(object->members.begin(), object->members.end(), [](const ir::Member& m) {
           return m.key == "Ref" || m.key.starts_with("Fn::") || has_function(m.value);
         });
}

// ---------------------------------------------------------------- where we are

Step::Step(Lifter& lifter, std::string_view key) : lifter_(lifter), length_(lifter.path_.size()) {
  std::string& path = lifter_.path_;
  path += '/';
  for (const char c : key) {
    if (c == '~')
      path += "~0";
    else if (c == '/')
      path += "~1";
    else
      path += c;
  }
}

Step::Step(Lifter& lifter, std::size_t index) : lifter_(lifter), length_(lifter.path_.size()) {
  lifter_.path_ += fmt::format("/{}", index);
}

Piece::Piece(Lifter& lifter) : Piece(lifter, lifter.path_, lifter.faith()) {}

Piece::Piece(Lifter& lifter, std::string_view pointer, Faith faith)
    : lifter_(lifter), at_(lifter.out_.marks.size()) {
  const auto begin = static_cast<std::uint32_t>(lifter.out_.text.size());
  lifter.out_.marks.push_back({begin, begin, std::string(pointer), faith});
}

Faith Lifter::faith() const { return faith_at(path_); }

Faith Lifter::faith_at(std::string_view pointer) const {
  if (wishes_.empty()) return Faith::Idiom;
  const auto at = wishes_.find(pointer);
  return at == wishes_.end() ? Faith::Idiom : at->second;
}

const ir::Resource* Lifter::resource_of(std::string_view id) const {
  const auto at = resource_by_id_.find(id);
  return at == resource_by_id_.end() ? nullptr : at->second;
}

const ir::Parameter* Lifter::parameter_of(std::string_view id) const {
  const auto at = parameter_by_id_.find(id);
  return at == parameter_by_id_.end() ? nullptr : at->second;
}

ir::ValueRef Lifter::given(std::string_view attribute) const {
  const auto at = entries_.find(entry_);
  const auto* object = at != entries_.end() ? at->second->get_if<ir::Object>() : nullptr;
  return object != nullptr ? object->find(attribute) : nullptr;
}

// ---------------------------------------------------------------- in front of a declaration

void Lifter::comments_before(Span place) {
  if (!place.valid() || comments_.empty()) return;
  const std::vector<std::string_view> lines = comments_.take(place.begin);
  if (lines.empty()) return;
  line_break();
  for (const std::string_view line : lines) comment(line);
}

void Lifter::comment(std::string_view text) {
  if (text.find_first_not_of("# \t\r") == std::string_view::npos &&
      text.find('#') == std::string_view::npos) {
    return;  // an empty line of a comment says nothing
  }
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
    text.remove_suffix(1);
  // A third slash would make it documentation.
  put(fmt::format("//{}{}\n", text.starts_with(' ') || text.empty() ? "" : " ", text));
}

void Lifter::line_break() {
  if (!out_.text.empty() && out_.text.back() != '\n') put("\n");
}

void Lifter::paragraph() {
  line_break();
  if (!out_.text.empty() && !out_.text.ends_with("\n\n") && !out_.text.ends_with("{\n")) put("\n");
}

bool Lifter::can_be_doc(std::string_view text) {
  if (text.empty() || text.find('\r') != std::string_view::npos) return false;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (line.ends_with(' ') || line.ends_with('\t') || line.starts_with('/')) return false;
    at = end + 1;
  }
  return true;
}

void Lifter::doc(std::string_view text) {
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    put(line.empty() ? "///\n" : fmt::format("/// {}\n", line));
    at = end + 1;
  }
}

void Lifter::id_decorator(std::string_view name, std::string_view id) {
  if (name != id) put(fmt::format("@id({})\n", quoted(id)));
}

bool Lifter::attribute_is_raw(std::string_view attribute) const {
  return !wishes_.empty() && faith_at(fmt::format("{}/{}", path_, attribute)) == Faith::Raw;
}

void Lifter::raw_decorator(const std::vector<std::string_view>& attributes, std::string_view left_out) {
  if (attributes.empty() && left_out.empty()) return;
  put("@raw({ ");
  bool first = true;
  for (const std::string_view key : attributes) {
    const ir::ValueRef v = given(key);
    if (v == nullptr && left_out == key) continue;
    put(fmt::format("{}{}: ", first ? "" : ", ", is_identifier(key) ? std::string(key) : quoted(key)));
    first = false;
    const Step step(*this, key);
    const Piece piece(*this, path_, Faith::Raw);
    if (v == nullptr) {
      put("none");
    } else {
      if (v->get_if<ir::Null>() != nullptr || has_function(v)) put("raw ");
      raw_json(v);
    }
  }
  if (!left_out.empty()) put(fmt::format("{}{}: none", first ? "" : ", ", left_out));
  put(" })\n");
}

}  // namespace stackc::cfn
