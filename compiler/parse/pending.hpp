#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "compiler/syntax/ast.hpp"

namespace stackc::parsing {

/// A piece of a string before its indentation is stripped.
struct RawPart {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  ast::ExprId expr;          // of `${expr}`
  std::string_view escaped;  // what an escape stands for
  bool is_escape = false;
};

struct PendingOperator {
  ast::BinaryOp op{};
  bool is_range = false;
  std::uint8_t precedence = 0;  // 0: the start of an operation
  Span span;
};
struct PendingPrefix {
  ast::UnaryOp op{};
  std::uint32_t begin = 0;
};

/// How many wait in each list of `Pending`. All counts lie side by side because every construct that the
/// grammar tries takes a copy of them, and most are put back: a quarter of the time of parsing, when each
/// list kept its own.
struct Counts {
  std::uint32_t exprs = 0, types = 0, decls = 0, names = 0, declared = 0, argument_lists = 0;
  std::uint32_t arguments = 0, items = 0, fields = 0, loops = 0, parts = 0, operators = 0;
  std::uint32_t prefixes = 0, regexes = 0, type_fields = 0, decorators = 0, blocks = 0, imports = 0;
  std::uint32_t fn_params = 0, with_entries = 0, with_blocks = 0, properties = 0, nested_types = 0, flags = 0;
};

/// A stack whose size is kept in `Counts`: putting a count back forgets what came after.
template <class T>
class PendingList {
 public:
  static_assert(std::is_trivially_copyable_v<T>, "what is forgotten is not destroyed");

  explicit PendingList(std::uint32_t& count) : count_(count) {}
  PendingList(const PendingList&) = delete;
  PendingList& operator=(const PendingList&) = delete;

  [[nodiscard]] std::size_t size() const { return count_; }
  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] T& operator[](std::size_t i) { return items_[i]; }
  [[nodiscard]] const T& operator[](std::size_t i) const { return items_[i]; }
  [[nodiscard]] T& back() { return items_[count_ - 1]; }
  [[nodiscard]] const T& back() const { return items_[count_ - 1]; }
  [[nodiscard]] std::span<const T> from(std::uint32_t mark) const {
    return {items_.get() + mark, count_ - mark};
  }

  void push_back(T item) {
    if (count_ == capacity_) grow();
    items_[count_++] = item;
  }
  void pop_back() { --count_; }
  /// What came after `mark`, which the list then forgets; valid until the next call.
  [[nodiscard]] const std::vector<T>& take(std::uint32_t mark) {
    taken_.assign(items_.get() + mark, items_.get() + count_);
    count_ = mark;
    return taken_;
  }
  /// Forgets all but the first `count`.
  void cut(std::uint32_t count) { count_ = count; }

 private:
  void grow() {
    const std::uint32_t capacity = capacity_ == 0 ? 16 : capacity_ * 2;
    auto items = std::make_unique<T[]>(capacity);
    std::copy(items_.get(), items_.get() + count_, items.get());
    items_ = std::move(items);
    capacity_ = capacity;
  }

  std::uint32_t& count_;
  std::uint32_t capacity_ = 0;
  std::unique_ptr<T[]> items_;
  std::vector<T> taken_;  // kept so that taking does not allocate
};

/// What has been read and waits for the construct that it belongs to. Each construct takes what
/// was added since its `Mark`.
struct Pending {
  Counts counts;
  PendingList<ast::ExprId> exprs{counts.exprs};
  PendingList<ast::TypeId> types{counts.types};
  PendingList<ast::DeclId> decls{counts.decls};
  PendingList<ast::Name> names{counts.names};
  PendingList<ast::Name> declared{counts.declared};
  PendingList<ast::Seq<ast::Argument>> argument_lists{counts.argument_lists};
  PendingList<ast::Argument> arguments{counts.arguments};
  PendingList<ast::ListItem> items{counts.items};
  PendingList<ast::Field> fields{counts.fields};
  PendingList<ast::Loop> loops{counts.loops};
  PendingList<RawPart> parts{counts.parts};
  PendingList<PendingOperator> operators{counts.operators};
  PendingList<PendingPrefix> prefixes{counts.prefixes};
  PendingList<std::string_view> regexes{counts.regexes};
  PendingList<ast::TypeField> type_fields{counts.type_fields};
  PendingList<ast::Decorator> decorators{counts.decorators};
  PendingList<ast::Block> blocks{counts.blocks};
  PendingList<ast::ImportedName> imports{counts.imports};
  PendingList<ast::FnParam> fn_params{counts.fn_params};
  PendingList<ast::WithEntry> with_entries{counts.with_entries};
  PendingList<ast::WithBlock> with_blocks{counts.with_blocks};
  PendingList<ast::PropertyDecl> properties{counts.properties};
  PendingList<ast::NestedTypeDecl> nested_types{counts.nested_types};
  PendingList<Span> flags{counts.flags};  // `?`, `private`, `attribute`: words whose presence is all that counts
};

/// The sizes of all pending lists at the start of a construct, and where that is.
struct Mark : Counts {
  std::uint32_t begin = 0;
  std::uint32_t comments = 0;
};

}  // namespace stackc::parsing
