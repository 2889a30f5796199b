#include <algorithm>

#include "compiler/sema/checker.hpp"

/// Files that are read at compile time, and texts with markers.
namespace stackc::sema {

std::optional<Info> ModuleChecker::infer_file(ast::ExprId e, const BuiltinInfo& b, const ast::CallExpr& c, Span span) {
  DataKind data_kind{};
  if (c.receiver.valid() || !reads_file(b.name, data_kind)) return std::nullopt;
  const auto at = module_.data_files.find(e.value);
  if (at == module_.data_files.end()) {
    report(Code::FilePath, c.args.empty() ? span : expr(c.args[0].value).span,
           module_.embedded ? fmt::format("the standard library has no files, `{}` reads one", b.name)
                            : fmt::format("`{}` needs its path written out, so that it is known which files a build reads", b.name));
    return error();
  }
  const DataFile& file = *shared_.graph.data_files[at->second];
  if (!file.ok) return error();
  if (file.kind == DataKind::Text || file.kind == DataKind::Bytes) return plain(Kind::String);
  std::size_t left = 20'000;
  return constant(data_type(file.data, left));
}

/// The type of data, by its content; `Json` where there is more of it than `left`.
TypeId ModuleChecker::data_type(const yaml::Node& node, std::size_t& left) {
  if (left == 0) return types_.plain(Kind::Json);
  --left;
  switch (node.kind) {
    case yaml::Kind::Null: return types_.plain(Kind::None);
    case yaml::Kind::Scalar:
      switch (yaml::scalar_kind(node)) {
        case yaml::ScalarKind::Null: return types_.plain(Kind::None);
        case yaml::ScalarKind::Bool: return types_.plain(Kind::Bool);
        case yaml::ScalarKind::Int: return types_.plain(Kind::Int);
        case yaml::ScalarKind::Decimal: return types_.plain(Kind::Number);
        case yaml::ScalarKind::String: break;
      }
      return types_.plain(Kind::String);
    case yaml::Kind::List: {
      std::vector<TypeId> elements;
      for (const yaml::Node& item : node.items) {
        const TypeId t = data_type(item, left);
        if (std::ranges::find(elements, t) == elements.end()) elements.push_back(t);
      }
      if (left == 0) return types_.plain(Kind::Json);
      return types_.list(elements.empty() ? types_.plain(Kind::Never) : merged_rows(elements));
    }
    case yaml::Kind::Map: {
      std::vector<FieldType> fields;
      for (const auto& [key, value] : node.pairs) {
        const TypeId t = data_type(value, left);
        const bool none = kind(t) == Kind::None;
        fields.push_back({types_.keep(key.text), none, none ? types_.optional(types_.plain(Kind::Json)) : t});
      }
      if (left == 0) return types_.plain(Kind::Json);
      return types_.record(std::move(fields));
    }
  }
  return types_.plain(Kind::Error);
}

/// `render(text, { NAME: value })`: the values may come at any time, the text and the names are known.
std::optional<Info> ModuleChecker::infer_render(const BuiltinInfo& b, const ast::CallExpr& c, const Context& ctx) {
  if (b.fn != BuiltinFn::Render) return std::nullopt;
  const Info text = check(c.args[0].value, types_.plain(Kind::String), ctx, Slot{.what = "the text of `render`"});
  require(text.stage, Level::Const, expr(c.args[0].value).span, "`render` looks for markers at compile time");
  // Values become text as they do in a property; where the whole may go is asked of the result.
  const Slot slot{.what = "a value of `render`", .schema = true, .secrets = true};
  const Info values = check(c.args[1].value, types_.map(types_.plain(Kind::String)), ctx, slot);
  if (is_error(values.type)) return error();
  require(stages_.flat(values.stage), Level::Const, expr(c.args[1].value).span, "the markers of `render` are known at compile time");
  return Info{types_.plain(Kind::String), stages_.latest(values.stage), {}};
}

}  // namespace stackc::sema
