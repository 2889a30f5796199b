#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/base/text.hpp"
#include "compiler/sema/checked.hpp"
#include "compiler/sema/context.hpp"
#include "compiler/sema/shared.hpp"

/// The inside of sema/: what the files of this room share. Nobody else includes it.
namespace stackc::sema {

/// Checks one file. Declarations are checked when something first asks for them; `run` asks for all.
class ModuleChecker {
 public:
  ModuleChecker(Shared& shared, ModuleId id);

  void run();

  // What other modules ask.
  /// A component's parameters, after checking it whole.
  const std::vector<ComponentParam>& component_params(ast::DeclId component);
  /// What an instance of a component gives, in the order of the source.
  std::vector<ComponentOutput> component_outputs(ast::DeclId component);
  std::optional<Info> component_output(ast::DeclId component, std::string_view name);
  const Body& component_body(ast::DeclId component) { return *bodies_.at(component.value); }
  /// Fills in `CheckedModule::interfaces`; after all files are checked.
  void note_interfaces();
  std::uint32_t param_root(ast::DeclId param) { return decls_[param.value].root; }
  Info decl_info(ast::DeclId decl);
  /// What an importing stack sees: one field an export.
  /// With `outputs`, those that are no exports too.
  std::pair<TypeId, Stage> exports(bool outputs);
  /// A declaration at the top of the file that `use` may name; invalid: none.
  ast::DeclId exported_decl(std::string_view name) const;
  std::vector<std::string_view> exported_names() const;
  Info call_function(ast::DeclId fn, const ast::CallExpr& call, Span span, ModuleChecker& caller,
                     const Context& ctx);

 private:
  struct DeclState {
    State state = State::New;
    Info info = {};
    std::uint32_t root = 0;  // of a param: its root in `Stages`
  };
  struct LocalState {
    State state = State::New;
    Info info = {};
    const ast::Loop* loop = nullptr;  // of a loop's variable
    bool second = false;
    bool identity = false;  // of a `for` block, not of a comprehension
    const Context* ctx = nullptr;
  };
  struct ComponentState {
    State state = State::New;
    std::vector<ComponentParam> params;
    std::vector<ComponentOutput> outputs;  // once it is Done
  };
  struct FunctionState {
    State state = State::New;
    std::vector<std::uint32_t> roots;
    std::vector<TypeId> params;
    Info result;
  };

  /// Whether the question at `span` goes too deep for an answer; reported the first time.
  bool goes_too_deep(Span span);

  // scopes.cpp: who is declared where
  void collect_imports();
  void collect_import(ast::DeclId use, const ast::ImportedName& n);
  void collect_block(const ast::Block& block, Body& body, const Context& ctx);
  void collect_decl(ast::DeclId id, std::uint32_t index, Body& body, const Context& ctx);
  void add_value(ast::DeclId id, Body& body, const Context& ctx);
  /// Values, types (with components) and functions are named apart from each other.
  enum class Space : std::uint8_t { Values, Types, Functions };
  [[nodiscard]] Space imported_space(const DeclRef& import) const;
  bool clashes_with_import(ast::DeclId id, Space space);
  void add_unique(NameTable<ast::DeclId>& table, ast::DeclId id);
  bool exclusive(ast::DeclId a, ast::DeclId b) const;
  Body& new_body(ast::DeclId component, const Body* file);
  Context& new_context(Context ctx);
  void report_duplicate(ast::DeclId again, ast::DeclId first);
  struct Found {
    Binding binding;
    bool found = false;
  };
  Found look_up(std::string_view name, const Context& ctx) const;
  std::vector<std::string_view> visible_names(const Context& ctx) const;
  const Context& context_of(ast::DeclId decl) const { return *contexts_[decl.value]; }
  [[nodiscard]] std::vector<std::pair<ast::DeclId, bool>> path_of(ast::DeclId decl) const;

  // type_exprs.cpp
  TypeId resolve_type(ast::TypeId id, const Body* body);
  TypeId resolve_type_new(ast::TypeId id, const Body* body);
  TypeId named_type(const ast::NamedType& n, Span span, const Body* body);
  TypeId resource_name_type(const ast::ResourceTypeName& n);
  TypeId declared_type(DeclRef ref);
  std::optional<DeclRef> find_type_decl(std::string_view name, const Body* body) const;
  void report_unknown_type(const ast::Name& name, const Body* body);
  void report_unknown_resource_type(const ast::Name& name);

  // decls.cpp: declarations one by one
  void check_decl(ast::DeclId id);
  void check_block(const ast::Block& block);
  Info compute_decl(ast::DeclId id);
  Info param_info(ast::DeclId id, const ast::ParamDecl& p);
  void check_stack_param(ast::DeclId id, const ast::ParamDecl& p, TypeId type);
  void check_for(ast::DeclId id, const ast::ForDecl& f);
  void check_if(const ast::IfDecl& i, const Context& ctx);
  void check_output(ast::DeclId id, const ast::OutputDecl& o);
  void check_assert(const ast::AssertDecl& a, const Context& ctx);
  void check_placement(ast::DeclId id);
  void lint_name(ast::DeclId id);  // lints.cpp
  void check_tags(const ast::TagsDecl& t, const Context& ctx);
  Info mapping_info(const ast::MappingDecl& m, const Context& ctx);

  // connectivity.cpp
  void check_allow(const ast::AllowDecl& a, const Context& ctx);
  void check_peer(ast::ExprId e, const Context& ctx);
  bool is_peer(TypeId type);
  void check_ports(ast::ExprId e, const Context& ctx);

  // upstream.cpp
  bool check_scheme(ast::ExprId scheme, bool weak);
  [[nodiscard]] bool is_param(std::string_view name) const;
  Info upstream_info(ast::DeclId id, const ast::UpstreamDecl& u);
  std::pair<TypeId, Stage> as_imported(TypeId type, Stage stage, std::string_view name);

  // loops.cpp
  Info local_info(std::uint32_t local);
  struct Elements {
    TypeId key, element;
    Stage key_stage, element_stage;
    bool keyed = false;  // has keys of its own (a map)
    bool ok = false;
  };
  Elements elements_of(const Info& xs);
  void check_keys(const ast::Loop& loop, const Elements& e, const Context& inside);

  // components.cpp
  void check_component(ast::DeclId id);
  std::vector<ComponentOutput> find_outputs(ast::DeclId component);
  FunctionState& check_function(ast::DeclId id);
  Info instance_info(ast::DeclId id, const ast::ResourceDecl& r, DeclRef component, const Context& ctx);
  void check_with(const ast::WithBlock& with, DeclRef component, const Context& ctx);
  void compare_demands(std::uint32_t root, std::string_view name, Stage argument, Span span, Span declared);
  std::vector<std::pair<std::uint32_t, Stage>> check_arguments(ast::DeclId id, const ast::ResourceDecl& r,
                                                               DeclRef component, const Context& ctx);
  void report_unknown_param(const ast::Name& key, const std::vector<ComponentParam>& params, std::string_view owner);
  void check_with_entry(const ast::WithEntry& entry, DeclRef component, const Context& ctx);

  // interfaces.cpp
  Interface interface_of_component(ast::DeclId id);
  Interface interface_of_function(ast::DeclId id);
  std::vector<StageDemand> demands_on(std::uint32_t root);

  // resources.cpp
  Info resource_info(ast::DeclId id, const ast::ResourceDecl& r);
  ResourceTarget resolve_target(ast::TypeId type, const Body* body);
  ResourceTarget unchecked_target(ast::TypeId type, const Body* body);
  /// The body of a resource: known properties, right types, all that is required.
  void check_properties(ast::ExprId body, schema::ResourceType type, const Context& ctx, Span owner, bool partial);
  Stage check_fields(const ast::RecordExpr& record, schema::Properties props, std::string_view owner,
                     const schema::ResourceType* type, const Context& ctx, std::vector<std::string_view>& seen,
                     bool& open);
  void report_missing(schema::Properties props, const std::vector<std::string_view>& seen, std::string_view owner,
                      Span span);
  void report_unknown_property(const ast::Name& key, schema::Properties props, std::string_view owner,
                               const schema::ResourceType* type);
  bool is_duplicate(const ast::Name& key, const ast::RecordExpr& record, std::size_t before);

  // decorators.cpp
  void check_decorators(ast::DeclId id);
  struct Decorated {
    unsigned on;            // a mask of decorators.cpp
    std::string_view what;  // for messages
    schema::ResourceType resource;
  };
  Decorated decorated(ast::DeclId id);
  void check_decorator(const ast::Decorator& d, const Decorated& target, const Context& ctx);

  // attributes.cpp: what resource attributes hold
  void check_dependency(const ast::Decorator& d, ast::ExprId e, const Context& ctx);
  void check_deletion_policy(const ast::Decorator& d, const Context& ctx);
  void check_policy_keys(const ast::Decorator& d);
  void check_keys_of(ast::ExprId record, std::string_view owner, const std::vector<std::string_view>& known);

  // infer.cpp, names.cpp, operators.cpp, members.cpp, calls.cpp: the type of an expression
  Info infer(ast::ExprId e, const Context& ctx);
  Info infer_node(ast::ExprId e, const Context& ctx);
  Info infer_name(ast::ExprId e, const ast::NameExpr& n, const Context& ctx);
  Info name_info(const Binding& b, Span use, const Context& ctx);
  Info placed_info(ast::DeclId decl, Span use, const Context& ctx);
  Info placed_in_branches(Info info, ast::DeclId decl, std::size_t common, const Context& ctx);
  void check_branches(const std::vector<ast::DeclId>& same);
  Info infer_string(const ast::StringExpr& s, const Context& ctx);
  Info infer_list(const ast::ListExpr& l, const Context& ctx);
  Info infer_record(const ast::RecordExpr& r, const Context& ctx);
  Info infer_list_comprehension(ast::ExprId e, const ast::ListComprehension& c, const Context& ctx, TypeId expected,
                                const Slot* slot);
  Info infer_map_comprehension(ast::ExprId e, const ast::MapComprehension& c, const Context& ctx, TypeId expected,
                               const Slot* slot);
  Context& comprehension_context(ast::ExprId e, const ast::Loop& loop, ast::ExprId condition, const Context& ctx);
  Info infer_unary(const ast::UnaryExpr& u, Span span, const Context& ctx);
  Info infer_binary(const ast::BinaryExpr& b, Span span, const Context& ctx);
  Info infer_arithmetic(const ast::BinaryExpr& b, Span span, const Context& ctx);
  Info infer_equality(const ast::BinaryExpr& b, Span span, const Context& ctx);
  Info infer_logic(const ast::BinaryExpr& b, const Context& ctx);
  Info infer_coalesce(const ast::BinaryExpr& b, const Context& ctx, TypeId expected, const Slot* slot);
  Info infer_choice(const ast::ChoiceExpr& c, const Context& ctx, TypeId expected, const Slot* slot);
  void check_condition(ast::ExprId e, const Context& ctx, std::string_view what);
  Info infer_member(ast::ExprId e, const ast::MemberExpr& m, const Context& ctx);
  [[nodiscard]] bool is_import(ast::ExprId e) const;
  Info certain_import(ast::ExprId e, Info info);
  Info member_of(const Info& object, ast::ExprId object_expr, const ast::MemberExpr& m, MemberUse& use,
                 const Context& ctx);
  Info resource_member(const Info& object, ast::ExprId object_expr, const ast::Name& name, MemberUse& use,
                       const Context& ctx);
  std::optional<Info> declared_value(ast::ExprId object, std::string_view property, TypeId slot, const Context& ctx);
  [[nodiscard]] std::string_view attribute_name(ast::ExprId e) const;
  std::optional<Info> dotted_attribute(ast::ExprId e, const ast::MemberExpr& m);
  static bool has_open_attributes(schema::ResourceType resource, std::string_view name);
  Info open_attribute(ast::ExprId e, const ast::MemberExpr& m, std::string_view full);
  void report_unfinished_paths();
  Info record_member(const Info& object, const ast::Name& name, std::string_view what);
  Info instance_member(const Info& object, const ast::Name& name);
  Info infer_index(const ast::IndexExpr& i, Span span, const Context& ctx);
  Info infer_splat(const ast::SplatExpr& s, Span span, const Context& ctx);
  Info infer_call(ast::ExprId e, const ast::CallExpr& c, Span span, const Context& ctx);
  Info infer_builtin(const BuiltinInfo& b, const ast::CallExpr& c, Span span, const Context& ctx);

  // intrinsics.cpp: CloudFormation's functions by their own names
  /// Nothing: it is not one of them.
  std::optional<Info> infer_intrinsic(const BuiltinInfo& b, const ast::CallExpr& c, Span span, const Context& ctx);
  Info infer_if_else(const ast::CallExpr& c, Span span, const Context& ctx, TypeId expected, const Slot* slot);
  Info infer_named(const BuiltinInfo& b, const ast::CallExpr& c, Span span, const Context& ctx);
  bool is_if_else(ast::ExprId e, const Context& ctx) const;
  [[nodiscard]] bool uses_language_extensions() const;
  [[nodiscard]] bool is_intrinsic_call(ast::ExprId e) const;

  // exact.cpp: what is said as CloudFormation says it
  Info infer_raw(const ast::RawExpr& r, Span span, const Context& ctx);
  void check_raw_section(const ast::Decl& d, const ast::RawDecl& r, const Context& ctx);
  Info extern_info(ast::DeclId id, const ast::ExternDecl& e);
  void check_rule(const ast::Decl& d, const ast::RuleDecl& r, const Context& ctx);
  void check_template_metadata(ast::DeclId id, const ast::MetadataDecl& m, const Context& ctx);
  void check_transform(const ast::TransformDecl& t, const Context& ctx);
  [[nodiscard]] bool is_unchecked(const ast::Decl& d) const;
  void note_unchecked_type(const ast::Name& name);
  void report_unknown_function(const ast::CallExpr& c, const Context& ctx);
  bool is_projected(ast::ExprId e) const;

  // fit.cpp: does a value fit a slot
  Info check(ast::ExprId e, TypeId expected, const Context& ctx, const Slot& slot);
  Info check_node(ast::ExprId e, TypeId expected, const Context& ctx, const Slot& slot);
  bool fits(const Info& value, TypeId expected, const Slot& slot);
  bool fits_type(TypeId from, TypeId to, const Slot& slot, Stage stage);
  bool resource_fits(const Type& resource, TypeId to);
  bool is_arn(TypeId id);
  void report_misfit(const Info& value, TypeId expected, ast::ExprId e, const Context& ctx, const Slot& slot);
  void report_bare_resource(const Type& resource, Span span, std::string_view where, std::string_view text);
  void report_absent(const Info& value, ast::ExprId e, const Context& ctx, std::string_view where);
  void check_literal(ast::ExprId e, TypeId expected, const Slot& slot);
  Info check_record(ast::ExprId e, const ast::RecordExpr& r, TypeId expected, const Context& ctx, const Slot& slot);
  static PolicyPart policy_part(std::string_view owner, std::string_view property);
  TypeId policy_element_type(std::string_view key, TypeId policy);
  Info check_policy(ast::ExprId e, const ast::RecordExpr& r, TypeId policy, const Context& ctx, const Slot& slot);
  Stage stage_in_slot(const Info& value, TypeId slot);
  Info check_structural(ast::ExprId e, const ast::RecordExpr& r, const Type& expected, const Context& ctx,
                        const Slot& slot);
  Info check_list(const ast::ListExpr& l, TypeId expected, const Context& ctx, const Slot& slot);
  std::vector<FieldType> fields_of(TypeId type);
  ast::TypeId stored_type(const ast::ParamDecl& p, const Context& ctx);
  Info stored_param_info(ast::DeclId id, const ast::ParamDecl& p, ast::TypeId value);
  TypeId spread_type(TypeId type);
  Info spread_field(const Info& spread, const FieldType& field);

  // secrets.cpp
  /// The type of a value: `Secret<T>` is a `T` whose stage says that nobody may read it.
  TypeId value_type(ast::TypeId id, const Body* body);
  TypeId without_secrets(TypeId id);
  void refuse_const_secret(ast::TypeId type);
  Stage with_secrets(Stage s, TypeId id, const ast::Name& name);
  static bool made_for_secrets(std::string_view property, bool identity);
  /// Requires that nothing in `s` has the taint; false: reported with the chain of names.
  bool refuse(Stage s, Taint taint, Span span, std::string_view reason);
  void compare_refusals(std::uint32_t root, std::string_view name, Stage argument, Span span, Span declared);
  bool check_flow(Stage s, TypeId expected, Span span, const Slot& slot, int depth = 0);

  // files.cpp: what is read at compile time
  std::optional<Info> infer_file(ast::ExprId e, const BuiltinInfo& b, const ast::CallExpr& c, Span span);
  TypeId data_type(const yaml::Node& node, std::size_t& left);
  std::optional<Info> infer_render(const BuiltinInfo& b, const ast::CallExpr& c, const Context& ctx);

  // compose.cpp: `compose(yaml("f"), { … })`
  std::optional<Info> infer_compose(ast::ExprId e, const BuiltinInfo& b, const ast::CallExpr& c, Span span, const Context& ctx);
  bool check_compose_options(const ast::CallExpr& c, const Context& ctx, Info& variables);
  bool check_names_written_out(const ast::Field& f);
  void check_variable_names(ast::ExprId e, const Info& variables, const compose::Value& services);
  Info compose_info(const compose::Value& value, const Info& variables);
  Stage compose_stage(const compose::Text& text, const Info& variables, Span span);

  // documents.cpp
  void check_document(ast::DeclId id, const ast::DocumentDecl& d);
  void check_early(ast::ExprId e);
  std::optional<Info> infer_hole(const BuiltinInfo& b, const ast::CallExpr& c, Span span, const Context& ctx);
  Info infer_held(ast::ExprId value, const Context& ctx);
  [[nodiscard]] bool is_api_member(std::string_view owner, std::string_view name) const;
  [[nodiscard]] bool is_release_hole(ast::ExprId e) const;

  // rules.cpp
  std::optional<Info> infer_rule_function(const BuiltinInfo& b, const ast::CallExpr& c, Span span, const Context& ctx);

  // dynamic_references.cpp
  std::optional<Info> infer_reference(const BuiltinInfo& b, const ast::CallExpr& c, Span span, const Context& ctx);

  // conditions.cpp: presence
  FormulaId formula(ast::ExprId e, const Context& ctx);
  FormulaId formula_of_name(const Binding& binding);
  FormulaId formula_of_comparison(const ast::BinaryExpr& b, const Context& ctx);
  FormulaId formula_of_equality(const ast::BinaryExpr& b, const Context& ctx);
  std::string subject(ast::ExprId e, const Context& ctx) const;
  FormulaId given(ast::ExprId e, const Info& info, const Context& ctx);
  FormulaId assumption(const Context& ctx);
  FormulaId if_formula(ast::DeclId id);
  Info narrow(Info info, const Context& ctx);
  Context assuming(const Context& ctx, FormulaId f);

  // report.cpp
  Diagnostic& report(Code code, Span span, std::string message, std::string label = {});
  /// Requires the own node of `stage` at `at_most`; false: reported with the chain of names.
  bool require(Stage stage, Level at_most, Span span, std::string_view reason, Code code = Code::TooLate);
  void add_chain(Diagnostic& d, const Why* why);
  /// Labels what is being checked between `first` and here: the rest of a circle.
  void add_circle(Diagnostic& d, DeclRef first);
  std::string quoted(TypeId id) { return fmt::format("`{}`", text(id)); }
  std::string text(TypeId id);

  // small change
  Info error() { return {types_.plain(Kind::Error), shared_.stages.constant(), {}}; }
  Info constant(TypeId type) { return {type, shared_.stages.constant(), {}}; }
  Info plain(Kind kind) { return constant(types_.plain(kind)); }
  Kind kind(TypeId id) const { return types_.kind(id); }
  const Type& type(TypeId id) const { return types_[id]; }
  bool is_error(TypeId id) const { return kind(id) == Kind::Error; }
  [[nodiscard]] bool in_component(const Context& ctx) const { return ctx.body->component.valid(); }
  const ast::Expr& expr(ast::ExprId id) const { return ast_[id]; }
  ast::ExprId unparen(ast::ExprId id) const;
  ModuleChecker& module(ModuleId id) { return *shared_.modules[id.value]; }
  DeclRef ref(ast::DeclId decl) const { return {id_, decl}; }
  TypeId widened(TypeId id);
  TypeId merged_rows(const std::vector<TypeId>& all);
  /// String, or something that is one: literals, ids, CIDRs.
  bool is_text(TypeId id) const;
  bool is_numeric(TypeId id) const;
  bool is_bool(TypeId id) const;
  bool is_scalar(TypeId id) const;

  Shared& shared_;
  TypeTable& types_;
  Stages& stages_;
  Formulas& formulas_;
  ModuleId id_;
  const Module& module_;
  const ast::Ast& ast_;
  CheckedModule& out_;

  std::unordered_map<std::uint32_t, std::unique_ptr<Body>> bodies_;  // by component DeclId; kInvalid: the file
  Body* file_ = nullptr;
  std::deque<Context> context_store_;
  std::deque<LocalScope> scope_store_;
  std::deque<SymbolTable> let_store_;
  std::deque<ast::Loop> loop_store_;
  std::vector<const Context*> contexts_;  // by DeclId: where it stands
  std::vector<const Context*> inside_, inside_else_;  // by DeclId of a block: its inside
  std::vector<DeclState> decls_;
  std::vector<Info> infos_;  // by ExprId; an invalid type: not asked yet. An expression stands in one place only
  std::vector<LocalState> local_states_;
  std::vector<FormulaId> if_formulas_;    // by DeclId, made on demand
  NameTable<DeclRef> imports_;
  std::unordered_map<std::uint32_t, ComponentState> components_;
  std::unordered_map<std::uint32_t, FunctionState> functions_;
  std::unordered_map<std::uint32_t, State> type_states_;
  std::vector<ast::DeclId> formula_busy_;  // conditions being turned into formulas, for cycles
  NumberTable<std::uint64_t, bool> open_fits_;  // by two TypeIds: whether a record fits `Json` or `Policy`
  NumberTable<std::uint32_t, FormulaId> formulas_of_;  // by DeclId: conditions that were
  std::vector<std::string_view> noted_types_;  // that the schema lacks: one note each
  bool in_assert_ = false;  // the condition of an `assert` is being looked at
  bool in_document_ = false;  // the value of a document is
  ast::ExprId assumed_;  // the argument of the `assume` that is being looked at
  std::vector<ast::DeclId> busy_;  // the chain of declarations being computed, for cycles
  std::size_t errors_before_ = 0;
};

/// Adds "did you mean `X`?" as the primary label, with a fix, when a candidate is close.
void suggest(Diagnostic& d, std::string_view name, Span span, const std::vector<std::string_view>& candidates);

}  // namespace stackc::sema
