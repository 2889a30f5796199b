#include <algorithm>

#include "compiler/analysis/fit.hpp"
#include "compiler/base/text.hpp"

namespace stackc::analysis {
namespace {

using ir::ValueRef;

/// `AttributeName` of every element; false when some of it is not known before deployment.
bool attribute_names(ValueRef v, std::vector<const ir::Value*>& names) {
  if (v == nullptr) return true;
  const ir::List* list = list_of(v);
  if (list == nullptr) return false;
  for (ValueRef item : list->items) {
    const ir::Object* object = object_of(item);
    const ValueRef name = object == nullptr ? nullptr : object->find("AttributeName");
    if (text_of(name) == nullptr) return false;
    names.push_back(name);
  }
  return true;
}

bool index_keys(ValueRef indexes, std::vector<const ir::Value*>& names) {
  if (indexes == nullptr) return true;
  const ir::List* list = list_of(indexes);
  if (list == nullptr) return false;
  return std::all_of(list->items.begin(), list->items.end(), [&](ValueRef index) {
    const ir::Object* object = object_of(index);
    return object != nullptr && attribute_names(object->find("KeySchema"), names);
  });
}

const ir::Value* first_without(const std::vector<const ir::Value*>& names, const std::vector<const ir::Value*>& others) {
  for (const ir::Value* name : names) {
    if (std::none_of(others.begin(), others.end(), [&](const ir::Value* other) { return ir::equal(name, other); })) return name;
  }
  return nullptr;
}

}  // namespace

/// DynamoDB refuses a table whose keys and definitions of attributes are not the same names.
void check_table_keys(const Context& c, const Slot& slot, const ir::Object& object) {
  if (slot.nested || slot.resource.name() != "AWS::DynamoDB::Table") return;
  const ValueRef definitions = object.find("AttributeDefinitions");
  std::vector<const ir::Value*> defined, used;
  if (definitions == nullptr || !attribute_names(definitions, defined) || !attribute_names(object.find("KeySchema"), used) ||
      !index_keys(object.find("GlobalSecondaryIndexes"), used) || !index_keys(object.find("LocalSecondaryIndexes"), used)) {
    return;
  }
  if (const ir::Value* name = first_without(used, defined)) {
    c.sink.report(Code::PropertyCombination, name->origin,
                  fmt::format("the key {} is not among the `AttributeDefinitions`", shown(name)));
  }
  if (const ir::Value* name = first_without(defined, used)) {
    c.sink.report(Code::PropertyCombination, name->origin,
                  fmt::format("the attribute {} is defined, but no key of the table or an index is it", shown(name)))
        .help("only attributes of keys are defined");
  }
}

}  // namespace stackc::analysis
