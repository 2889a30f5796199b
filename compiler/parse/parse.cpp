#include "compiler/parse/parse.hpp"

#include "compiler/parse/builder.hpp"
#include "compiler/parse/first.hpp"
#include "grammar/messages.hpp"

// The one file that runs the grammar: which construct is made of which rule, and what happens when
// a rule that had to match did not.
namespace stackc::parsing {
namespace {

namespace p = tao::pegtl;
namespace g = stackc::grammar;

template <class Rule>
struct control : p::normal<Rule> {
  template <class Input>
  [[noreturn]] static void raise(const Input& in, Builder& builder) {
    constexpr g::Message message = g::message<Rule>;
    static_assert(message.expected != nullptr, "a rule that must match needs a message");
    const auto at = static_cast<std::size_t>(in.current() - in.begin());
    switch (message.trouble) {
      case g::Trouble::Missing:
        builder.unexpected(at, message.expected);
      case g::Trouble::Unclosed:
        builder.unclosed(at, message.expected);
      case g::Trouble::OpenString:
        builder.open_string(at, message.expected);
      case g::Trouble::OpenComment:
        builder.open_comment(at);
      case g::Trouble::BadEscape:
        builder.bad_escape(at);
      case g::Trouble::BadNumber:
        builder.bad_number(at);
      case g::Trouble::TooDeep:
        builder.too_deep(at);
      case g::Trouble::NoDeclaration:
        break;
    }
    builder.no_declaration(at);
  }
};

template <class Rule>
struct action : p::nothing<Rule> {};

template <class Input>
std::size_t offset(const Input& in) {
  return static_cast<std::size_t>(in.current() - in.begin());
}

/// The construct is made by `Make` when its rule has matched; a rule that fails leaves nothing.
template <void (Builder::*Make)(const Node&)>
struct made_by : p::maybe_nothing {
  template <class Rule, p::apply_mode A, p::rewind_mode M, template <class...> class Action,
            template <class...> class Control, class Input>
  [[nodiscard]] static bool match(Input& in, Builder& builder) {
    return may_begin<Rule>(in) && made<Rule, A, M, Action, Control>(in, builder);
  }

 private:
  template <class Rule, p::apply_mode A, p::rewind_mode M, template <class...> class Action,
            template <class...> class Control, class Input>
  [[nodiscard]] static bool made(Input& in, Builder& builder) {
    if constexpr (A == p::apply_mode::nothing) {
      return p::match<Rule, A, M, Action, Control>(in, builder);
    } else {
      const Mark mark = builder.mark(offset(in));
      if (!p::match<Rule, A, M, Action, Control>(in, builder)) {
        builder.truncate(mark);
        return false;
      }
      const Span span = builder.span(mark.begin, offset(in));
      (builder.*Make)(Node{mark, span, builder.source().substr(span.begin, span.size())});
      return true;
    }
  }
};

/// A line in which a mistake is caught: reading goes on where `Recover` says.
template <std::size_t (Builder::*Recover)(const Mark&, const Failure&)>
struct caught_by : p::maybe_nothing {
  template <class Rule, p::apply_mode A, p::rewind_mode M, template <class...> class Action,
            template <class...> class Control, class Input>
  [[nodiscard]] static bool match(Input& in, Builder& builder) {
    const Mark mark = builder.mark(offset(in));
    std::size_t resume = 0;
    try {
      return p::match<Rule, A, M, Action, Control>(in, builder);
    } catch (const Failure& failure) {
      resume = (builder.*Recover)(mark, failure);
    }
    in.iterator() = in.begin() + resume;
    return Control<g::any_gap>::template match<A, M, Action, Control>(in, builder);
  }
};

using item_line = caught_by<&Builder::recover_item>;

struct declaration_line : caught_by<&Builder::recover_declaration> {
  template <class Rule, p::apply_mode A, p::rewind_mode M, template <class...> class Action,
            template <class...> class Control, class Input>
  [[nodiscard]] static bool match(Input& in, Builder& builder) {
    const InDeclaration inside(builder, offset(in));
    return caught_by::match<Rule, A, M, Action, Control>(in, builder);
  }
};

struct comment_action {
  template <class ActionInput>
  static void apply(const ActionInput& in, Builder& builder) {
    const auto begin = static_cast<std::size_t>(in.begin() - builder.source().data());
    builder.comment(builder.span(begin, begin + in.size()));
  }
};

// clang-format off
template <> struct action<g::comment> : comment_action {};

// literals
template <> struct action<g::integer> : made_by<&Builder::integer> {};
template <> struct action<g::decimal> : made_by<&Builder::decimal> {};
template <> struct action<g::percent> : made_by<&Builder::percent> {};
template <> struct action<g::cidr> : made_by<&Builder::cidr> {};
template <> struct action<g::duration> : made_by<&Builder::duration> {};
template <> struct action<g::size> : made_by<&Builder::size> {};
template <> struct action<g::quoted_text> : made_by<&Builder::text_part> {};
template <> struct action<g::multi_line_text> : made_by<&Builder::text_part> {};
template <> struct action<g::raw_text> : made_by<&Builder::text_part> {};
template <> struct action<g::raw_multi_line_text> : made_by<&Builder::text_part> {};
template <> struct action<g::escape> : made_by<&Builder::escape_part> {};
template <> struct action<g::interpolation> : made_by<&Builder::interpolation_part> {};
template <> struct action<g::quoted_string> : made_by<&Builder::quoted_string> {};
template <> struct action<g::multi_line_string> : made_by<&Builder::multi_line_string> {};
template <> struct action<g::raw_string> : made_by<&Builder::raw_string> {};
template <> struct action<g::raw_multi_line_string> : made_by<&Builder::raw_multi_line_string> {};

// expressions
template <> struct action<g::argument_name> : made_by<&Builder::push_name> {};
template <> struct action<g::named_argument> : made_by<&Builder::named_argument> {};
template <> struct action<g::spread_argument> : made_by<&Builder::spread_argument> {};
template <> struct action<g::positional_argument> : made_by<&Builder::positional_argument> {};
template <> struct action<g::arguments> : made_by<&Builder::arguments> {};
template <> struct action<g::loop_variable> : made_by<&Builder::push_name> {};
template <> struct action<g::loop_header> : made_by<&Builder::loop_header> {};
template <> struct action<g::loop_key> : made_by<&Builder::loop_key> {};
template <> struct action<g::list_comprehension> : made_by<&Builder::list_comprehension> {};
template <> struct action<g::map_comprehension> : made_by<&Builder::map_comprehension> {};
template <> struct action<g::plain_item> : made_by<&Builder::plain_item> {};
template <> struct action<g::spread_item> : made_by<&Builder::spread_item> {};
template <> struct action<g::list_line> : item_line {};
template <> struct action<g::list_items> : made_by<&Builder::list_items> {};
template <> struct action<g::list> : made_by<&Builder::brackets> {};
template <> struct action<g::plain_key> : made_by<&Builder::push_name> {};
template <> struct action<g::quoted_key> : made_by<&Builder::push_quoted_name> {};
template <> struct action<g::plain_field> : made_by<&Builder::plain_field> {};
template <> struct action<g::spread_field> : made_by<&Builder::spread_field> {};
template <> struct action<g::field_line> : caught_by<&Builder::recover_field> {};
template <> struct action<g::fields> : made_by<&Builder::fields> {};
template <> struct action<g::braces> : made_by<&Builder::brackets> {};
template <> struct action<g::body> : made_by<&Builder::brackets> {};
template <> struct action<g::raw_value> : made_by<&Builder::raw_value> {};
template <> struct action<g::called_name> : made_by<&Builder::push_name> {};
template <> struct action<g::name_or_call> : made_by<&Builder::name_or_call> {};
template <> struct action<g::paren> : made_by<&Builder::paren> {};
template <> struct action<g::member_name> : made_by<&Builder::push_name> {};
template <> struct action<g::member> : made_by<&Builder::member> {};
template <> struct action<g::optional_name> : made_by<&Builder::optional_member> {};
template <> struct action<g::splat_mark> : made_by<&Builder::splat> {};
template <> struct action<g::index> : made_by<&Builder::index> {};
template <> struct action<g::optional_index> : made_by<&Builder::optional_index> {};
template <> struct action<g::prefix_operator> : made_by<&Builder::prefix_operator> {};
template <> struct action<g::prefixed> : made_by<&Builder::prefixed> {};
template <> struct action<g::binary_operator> : made_by<&Builder::binary_operator> {};
template <> struct action<g::first_operand> : made_by<&Builder::first_operand> {};
template <> struct action<g::operation> : made_by<&Builder::operation> {};
template <> struct action<g::choice_tail> : made_by<&Builder::choice> {};

// types
template <> struct action<g::type_path> : made_by<&Builder::push_name> {};
template <> struct action<g::type_member> : made_by<&Builder::push_name> {};
template <> struct action<g::type_nested> : made_by<&Builder::push_name> {};
template <> struct action<g::resource_type_name> : made_by<&Builder::resource_type_name> {};
template <> struct action<g::open_bound> : made_by<&Builder::open_bound> {};
template <> struct action<g::negative_bound> : made_by<&Builder::negative_bound> {};
template <> struct action<g::regex> : made_by<&Builder::regex> {};
template <> struct action<g::type_name> : made_by<&Builder::push_name> {};
template <> struct action<g::named_type> : made_by<&Builder::named_type> {};
template <> struct action<g::literal_type> : made_by<&Builder::literal_type> {};
template <> struct action<g::list_type> : made_by<&Builder::list_type> {};
template <> struct action<g::map_type> : made_by<&Builder::map_type> {};
template <> struct action<g::optional_mark> : made_by<&Builder::flag> {};
template <> struct action<g::type_field> : made_by<&Builder::type_field> {};
template <> struct action<g::type_field_line> : item_line {};
template <> struct action<g::record_type> : made_by<&Builder::record_type> {};
template <> struct action<g::optional_suffix> : made_by<&Builder::optional_type> {};
template <> struct action<g::type> : made_by<&Builder::union_type> {};

// declarations
template <> struct action<g::decorator_name> : made_by<&Builder::push_name> {};
template <> struct action<g::decorator> : made_by<&Builder::decorator> {};
template <> struct action<g::declared_name> : made_by<&Builder::push_declared> {};
template <> struct action<g::path> : made_by<&Builder::push_quoted_name> {};
template <> struct action<g::block> : made_by<&Builder::block> {};
template <> struct action<g::stack_decl> : made_by<&Builder::stack_decl> {};
template <> struct action<g::imported_name> : made_by<&Builder::push_name> {};
template <> struct action<g::import_alias> : made_by<&Builder::push_name> {};
template <> struct action<g::import> : made_by<&Builder::import> {};
template <> struct action<g::import_line> : item_line {};
template <> struct action<g::use_decl> : made_by<&Builder::use_decl> {};
template <> struct action<g::upstream_decl> : made_by<&Builder::upstream_decl> {};
template <> struct action<g::param_decl> : made_by<&Builder::param_decl> {};
template <> struct action<g::const_param_decl> : made_by<&Builder::const_param_decl> {};
template <> struct action<g::let_decl> : made_by<&Builder::let_decl> {};
template <> struct action<g::fn_param_name> : made_by<&Builder::push_name> {};
template <> struct action<g::fn_param> : made_by<&Builder::fn_param> {};
template <> struct action<g::fn_decl> : made_by<&Builder::fn_decl> {};
template <> struct action<g::type_decl> : made_by<&Builder::type_decl> {};
template <> struct action<g::id_type_decl> : made_by<&Builder::id_type_decl> {};
template <> struct action<g::condition_decl> : made_by<&Builder::condition_decl> {};
template <> struct action<g::mapping_decl> : made_by<&Builder::mapping_decl> {};
template <> struct action<g::with_name> : made_by<&Builder::push_name> {};
template <> struct action<g::with_entry> : made_by<&Builder::with_entry> {};
template <> struct action<g::with_line> : item_line {};
template <> struct action<g::with_block> : made_by<&Builder::with_block> {};
template <> struct action<g::resource_decl> : made_by<&Builder::resource_decl> {};
template <> struct action<g::extern_decl> : made_by<&Builder::extern_decl> {};
template <> struct action<g::extern_param_decl> : made_by<&Builder::extern_param_decl> {};
template <> struct action<g::extern_condition_decl> : made_by<&Builder::extern_condition_decl> {};
template <> struct action<g::word_attribute> : made_by<&Builder::flag> {};
template <> struct action<g::attribute_name> : made_by<&Builder::push_name> {};
template <> struct action<g::property_member> : made_by<&Builder::property> {};
template <> struct action<g::property_line> : item_line {};
template <> struct action<g::nested_type_name> : made_by<&Builder::push_name> {};
template <> struct action<g::nested_type> : made_by<&Builder::nested_type> {};
template <> struct action<g::member_line> : item_line {};
template <> struct action<g::resource_type_decl> : made_by<&Builder::resource_type_decl> {};
template <> struct action<g::component_decl> : made_by<&Builder::component_decl> {};
template <> struct action<g::for_decl> : made_by<&Builder::for_decl> {};
template <> struct action<g::else_if> : made_by<&Builder::else_if> {};
template <> struct action<g::if_chain> : made_by<&Builder::if_decl> {};
template <> struct action<g::output_decl> : made_by<&Builder::output_decl> {};
template <> struct action<g::export_decl> : made_by<&Builder::export_decl> {};
template <> struct action<g::tags_decl> : made_by<&Builder::tags_decl> {};
template <> struct action<g::allow_decl> : made_by<&Builder::allow_decl> {};
template <> struct action<g::document_decl> : made_by<&Builder::document_decl> {};
template <> struct action<g::assert_decl> : made_by<&Builder::assert_decl> {};
template <> struct action<g::rule_decl> : made_by<&Builder::rule_decl> {};
template <> struct action<g::metadata_decl> : made_by<&Builder::metadata_decl> {};
template <> struct action<g::transform_decl> : made_by<&Builder::transform_decl> {};
template <> struct action<g::raw_decl> : made_by<&Builder::raw_decl> {};
template <> struct action<g::private_mark> : made_by<&Builder::flag> {};
template <> struct action<g::declaration> : made_by<&Builder::declaration> {};
template <> struct action<g::declaration_line> : declaration_line {};
// clang-format on

}  // namespace
}  // namespace stackc::parsing

namespace stackc {

std::unique_ptr<ast::Ast> parse(const SourceMap& sources, FileId file, Sink& sink,
                                const ParseLimits& limits) {
  namespace p = tao::pegtl;
  auto tree = std::make_unique<ast::Ast>();
  // What sources have on average: tables that grow leave what they were behind, and in the snapshot that stays.
  constexpr std::size_t kBytesAnExpr = 32, kBytesAType = 150, kBytesADecl = 180, kMostReserved = 1 << 16;
  const std::size_t size = std::min(sources.text(file).size(), kMostReserved);
  tree->exprs.reserve(size / kBytesAnExpr);
  tree->types.reserve(size / kBytesAType);
  tree->decls.reserve(size / kBytesADecl);
  tree->file = file;
  tree->source = sources.text(file);
  parsing::Builder builder(*tree, sink, limits);
  if (builder.check_text()) {
    p::memory_input<p::tracking_mode::lazy, p::eol::lf_crlf, const char*> in(
        tree->source.data(), tree->source.data() + tree->source.size(), "");
    try {
      (void)p::parse<grammar::file, parsing::action, parsing::control>(in, builder);
    } catch (const parsing::Failure&) {
      // Reported where it was thrown; what was read before it stays.
    }
  }
  builder.finish();
  return tree;
}

}  // namespace stackc
