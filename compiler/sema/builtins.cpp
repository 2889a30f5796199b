#include "compiler/sema/builtins.hpp"

#include <array>

namespace stackc::sema {

namespace {

using F = BuiltinFn;

constexpr std::uint8_t kAny = 255;

constexpr std::array kBuiltins = {
    BuiltinInfo{F::Join, "join", "join(delimiter: String, parts: [String]) -> String", 2, 2, false},
    BuiltinInfo{F::Split, "split", "split(delimiter: String, text: String) -> [String]", 2, 2, false},
    BuiltinInfo{F::Select, "select", "select(index: Int, list: [T]) -> T", 2, 2, false},
    BuiltinInfo{F::Sub, "sub", "sub(text: String, values: {[String]: String}?) -> String", 1, 2, false},
    BuiltinInfo{F::Base64, "base64", "base64(text: String) -> String", 1, 1, false},
    BuiltinInfo{F::FindInMap, "findInMap", "findInMap(map: Mapping, key: String, key2: String, default: T?) -> T", 3, 4, false},
    BuiltinInfo{F::ImportValue, "importValue", "importValue(name: String) -> String", 1, 1, false},
    BuiltinInfo{F::Cidr, "cidr", "cidr(block: Cidr, count: Int, bits: Int?) -> [Cidr]", 2, 3, false},
    BuiltinInfo{F::GetAZs, "getAZs", "getAZs(region: String?) -> [AWS::EC2::AvailabilityZone.Name]", 0, 1, false},
    BuiltinInfo{F::Transform, "transform", "transform(name: String, parameters: Json) -> Json", 1, 2, false},
    BuiltinInfo{F::ToJsonString, "toJsonString", "toJsonString(value: Json) -> String", 1, 1, false},
    BuiltinInfo{F::GetAtt, "getAtt", "getAtt(resource: Resource | String, attribute: String) -> T", 2, 2, false},
    BuiltinInfo{F::Ref, "ref", "ref(declared: Resource | Param | String) -> String", 1, 1, false},
    BuiltinInfo{F::Equals, "equals", "equals(a: Json, b: Json) -> Bool", 2, 2, false},
    BuiltinInfo{F::And, "and", "and(conditions: Bool, …) -> Bool", 1, kAny, false},
    BuiltinInfo{F::Or, "or", "or(conditions: Bool, …) -> Bool", 1, kAny, false},
    BuiltinInfo{F::Not, "not", "not(condition: Bool) -> Bool", 1, 1, false},
    BuiltinInfo{F::IfElse, "ifElse", "ifElse(condition: Bool, then: T, otherwise: T) -> T", 3, 3, false},
    BuiltinInfo{F::Condition, "condition", "condition(name: Condition) -> Bool", 1, 1, false},
    BuiltinInfo{F::Length, "length", "length(value: [T] | {[String]: T} | String) -> Int", 1, 1, false},
    BuiltinInfo{F::ToJson, "toJson", "toJson(value: Json) -> String", 1, 1, false},
    BuiltinInfo{F::CidrSubnet, "subnet", "cidr.subnet(newPrefix: Int, slot: Int) -> Cidr", 2, 2, true},
    BuiltinInfo{F::Keys, "keys", "keys(map: {[String]: T}) -> [String]", 1, 1, false},
    BuiltinInfo{F::Values, "values", "values(map: {[String]: T}) -> [T]", 1, 1, false},
    BuiltinInfo{F::Concat, "concat", "concat(lists: [T], …) -> [T]", 1, kAny, false},
    BuiltinInfo{F::Flatten, "flatten", "flatten(lists: [[T]]) -> [T]", 1, 1, false},
    BuiltinInfo{F::Distinct, "distinct", "distinct(list: [T]) -> [T]", 1, 1, false},
    BuiltinInfo{F::Sort, "sort", "sort(list: [T]) -> [T]", 1, 1, false},
    BuiltinInfo{F::Contains, "contains", "contains(list: [T] | String, value: T) -> Bool", 2, 2, false},
    BuiltinInfo{F::Range, "range", "range(count: Int) -> [Int]", 1, 1, false},
    BuiltinInfo{F::Merge, "merge", "merge(maps: {[String]: T}, …) -> {[String]: T}", 1, kAny, false},
    BuiltinInfo{F::Zip, "zip", "zip(keys: [String], values: [T]) -> {[String]: T}", 2, 2, false},
    BuiltinInfo{F::Min, "min", "min(numbers: [Number]) -> Number", 1, kAny, false},
    BuiltinInfo{F::Max, "max", "max(numbers: [Number]) -> Number", 1, kAny, false},
    BuiltinInfo{F::Sum, "sum", "sum(numbers: [Number]) -> Number", 1, 1, false},
    BuiltinInfo{F::Upper, "upper", "upper(text: String) -> String", 1, 1, false},
    BuiltinInfo{F::Lower, "lower", "lower(text: String) -> String", 1, 1, false},
    BuiltinInfo{F::Trim, "trim", "trim(text: String) -> String", 1, 1, false},
    BuiltinInfo{F::Replace, "replace", "replace(text: String, from: String, to: String) -> String", 3, 3, false},
    BuiltinInfo{F::StartsWith, "startsWith", "startsWith(text: String, prefix: String) -> Bool", 2, 2, false},
    BuiltinInfo{F::EndsWith, "endsWith", "endsWith(text: String, suffix: String) -> Bool", 2, 2, false},
    BuiltinInfo{F::Substring, "substring", "substring(text: String, start: Int, length: Int?) -> String", 2, 3, false},
    BuiltinInfo{F::ToString, "toString", "toString(value: Int | Number | Bool | Cidr) -> String", 1, 1, false},
    BuiltinInfo{F::ToInt, "toInt", "toInt(text: String) -> Int", 1, 1, false},
    BuiltinInfo{F::All, "all", "all(Family) -> {[String]: T}", 1, 1, false},
    BuiltinInfo{F::Declared, "declared", "declared(resource: Resource) -> Properties", 1, 1, false},
    BuiltinInfo{F::LogicalId, "logicalId", "logicalId(resource: Resource) -> String", 1, 1, false},
    BuiltinInfo{F::Assume, "assume", "assume(value: T?) -> T", 1, 1, false},
    BuiltinInfo{F::Unchecked, "unchecked", "unchecked(value) -> Any", 1, 1, false},
    BuiltinInfo{F::Ssm, "ssm", "ssm(path: String, version: Int?) -> String", 1, 2, false},
    BuiltinInfo{F::SsmSecure, "ssmSecure", "ssmSecure(path: String, version: Int?) -> Secret<String>", 1, 2, false},
    BuiltinInfo{F::Secret, "secret", "secret(id: String, key: String?, stage: String?, versionId: String?) -> Secret<String>", 1, 4, false},
    BuiltinInfo{F::Hole, "hole", "hole(name: String, value: T?) -> T", 1, 2, false},
    BuiltinInfo{F::Text, "text", "text(path: String) -> String", 1, 1, false},
    BuiltinInfo{F::JsonFile, "json", "json(path: String) -> Json", 1, 1, false},
    BuiltinInfo{F::YamlFile, "yaml", "yaml(path: String) -> Json", 1, 1, false},
    BuiltinInfo{F::Base64File, "base64File", "base64File(path: String) -> String", 1, 1, false},
    BuiltinInfo{F::Render, "render", "render(text: String, values: {[String]: String}) -> String", 2, 2, false},
    BuiltinInfo{F::Compose, "compose", "compose(yaml(path), { services?: [String], profiles?: [String], secrets?: [String], variables?: {[String]: String} }?) -> {[String]: Container}", 1, 2, false},
    BuiltinInfo{F::EachMemberIn, "eachMemberIn", "eachMemberIn(list: [String], allowed: [String]) -> Bool", 2, 2, false},
    BuiltinInfo{F::EachMemberEquals, "eachMemberEquals", "eachMemberEquals(list: [String], value: String) -> Bool", 2, 2, false},
    BuiltinInfo{F::RefAll, "refAll", "refAll(parameterType: String) -> [String]", 1, 1, false},
    BuiltinInfo{F::ValueOf, "valueOf", "valueOf(param: Param, attribute: String) -> [String]", 2, 2, false},
    BuiltinInfo{F::ValueOfAll, "valueOfAll", "valueOfAll(parameterType: String, attribute: String) -> [String]", 2, 2, false},
    BuiltinInfo{F::Tcp, "tcp", "tcp(port: Int | Range) -> Port", 1, 1, false},
    BuiltinInfo{F::Udp, "udp", "udp(port: Int | Range) -> Port", 1, 1, false},
};

}  // namespace

std::span<const BuiltinInfo> builtins() { return kBuiltins; }

const BuiltinInfo* find_builtin(std::string_view name, bool method) {
  for (const BuiltinInfo& b : kBuiltins) {
    if (b.method == method && b.name == name) return &b;
  }
  return nullptr;
}

}  // namespace stackc::sema
