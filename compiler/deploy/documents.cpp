#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/deploy/deploy.hpp"

namespace stackc::deploy {
namespace {

ir::ValueRef texts(const std::vector<std::string>& list, const ir::Builder& build) {
  if (list.size() == 1) return build.string(list[0]);
  std::vector<ir::ValueRef> items;
  for (const std::string& text : list) items.push_back(build.string(text));
  return build.list(items);
}

ir::ValueRef statement(const Statement& s, const ir::Builder& build) {
  std::vector<ir::Member> members = {{"Effect", build.string("Allow")},
                                     {"Action", texts(s.actions, build)},
                                     {"Resource", texts(s.resources, build)}};
  std::vector<ir::Member> operators;
  for (const auto& [name, keys] : s.conditions) {
    std::vector<ir::Member> inner;
    for (const auto& [key, values] : keys) inner.push_back({key, texts(values, build)});
    operators.push_back({name, build.object(inner)});
  }
  if (!operators.empty()) members.push_back({"Condition", build.object(operators)});
  return build.object(members);
}

ir::ValueRef document(const std::vector<ir::ValueRef>& statements, const ir::Builder& build) {
  return build.object({{"Version", build.string("2012-10-17")}, {"Statement", build.list(statements)}});
}

/// A statement in parts of at most `most` characters, cut between its actions.
std::vector<ir::ValueRef> parts_of(const Statement& s, const ir::Builder& build, std::size_t most) {
  const ir::ValueRef whole = statement(s, build);
  if (most == 0 || json_length(whole) <= most || s.actions.size() < 2) return {whole};
  const auto half = s.actions.begin() + static_cast<std::ptrdiff_t>(s.actions.size() / 2);
  std::vector<ir::ValueRef> out = parts_of({{s.actions.begin(), half}, s.resources, s.conditions}, build, most);
  const auto rest = parts_of({{half, s.actions.end()}, s.resources, s.conditions}, build, most);
  out.insert(out.end(), rest.begin(), rest.end());
  return out;
}

std::size_t text_length(std::string_view text) {
  std::size_t length = 2;
  for (const char c : text) length += c == '"' || c == '\\' ? 2 : 1;
  return length;
}

}  // namespace

std::size_t json_length(ir::ValueRef v) {
  if (const auto* text = v->get_if<std::string_view>()) return text_length(*text);
  std::size_t length = 2;
  if (const auto* list = v->get_if<ir::List>()) {
    for (const ir::ValueRef item : list->items) length += json_length(item) + 1;
    return list->items.empty() ? length : length - 1;
  }
  if (const auto* object = v->get_if<ir::Object>()) {
    for (const ir::Member& m : object->members) length += text_length(m.key) + 1 + json_length(m.value) + 1;
    return object->members.empty() ? length : length - 1;
  }
  return length;  // policies have texts, lists and objects only
}

std::vector<ir::ValueRef> documents(const std::vector<Statement>& statements, Arena& arena, std::size_t most) {
  const ir::Builder build(arena);
  const std::size_t frame = json_length(document({}, build));
  std::vector<ir::ValueRef> out, current;
  std::size_t length = frame;
  const auto close = [&] {
    if (!current.empty()) out.push_back(document(current, build));
    current.clear();
    length = frame;
  };
  for (const Statement& s : statements) {
    for (const ir::ValueRef part : parts_of(s, build, most == 0 ? 0 : most - frame)) {
      const std::size_t added = json_length(part) + (current.empty() ? 0 : 1);
      if (most != 0 && !current.empty() && length + added > most) close();
      length += json_length(part) + (current.empty() ? 0 : 1);
      current.push_back(part);
    }
  }
  close();
  if (out.empty()) out.push_back(document({}, build));
  return out;
}

}  // namespace stackc::deploy
