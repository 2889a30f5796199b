#include "compiler/base/text.hpp"
#include "compiler/eval/context.hpp"

namespace stackc::eval {

Span outermost_instance(const Frame* frame) {
  Span out;
  for (const Instance* i = frame->body->instance; i != nullptr; i = i->frame->body->instance)
    out = i->decl->name.span;
  return out;
}

Diagnostic& report(Context& ctx, const Frame* frame, Code code, Span span, std::string message,
                   std::string label) {
  const Instance* instance = frame != nullptr ? frame->body->instance : nullptr;
  if (instance == nullptr) {
    Diagnostic& d = ctx.sink.report(code, span, std::move(message), std::move(label));
    ctx.failed = ctx.failed || d.severity == Severity::Error;
    return d;
  }
  const auto described = [](const Instance& i) {
    return fmt::format("in the instance `{}`", i.decl->name.text);
  };
  std::vector<const Instance*> chain;
  for (; instance != nullptr; instance = instance->frame->body->instance) chain.push_back(instance);
  Diagnostic& d =
      ctx.sink.report(code, chain.back()->decl->name.span, std::move(message), described(*chain.back()));
  for (std::size_t i = chain.size() - 1; i > 0; --i)
    d.label(chain[i - 1]->decl->name.span, described(*chain[i - 1]));
  d.label(span, label.empty() ? std::string("here") : std::move(label));
  if (d.severity == Severity::Error) ctx.inside.emplace_back(ctx.sink.all().size() - 1, frame->body->instance);
  ctx.failed = ctx.failed || d.severity == Severity::Error;
  return d;
}

bool refuse_work(Context& ctx, const Frame* frame, Span span) {
  if (!ctx.exhausted) {
    ctx.exhausted = true;
    report(ctx, frame, Code::ExpansionLimit, span,
           "the values of this stack take too much work, this is where it ended")
        .help(
            "a template holds 1 MB: look for loops inside loops, and for functions that double what they "
            "take");
  }
  return false;
}

bool refuse_weight(Context& ctx, const Frame* frame, Span span) {
  if (!ctx.exhausted) {
    ctx.exhausted = true;
    report(ctx, frame, Code::ExpansionLimit, span, "this value grows beyond what a template can hold")
        .help("a template holds 1 MB: look for names that stand for several copies of another");
  }
  return false;
}

Val fail(Context& ctx, const Env& env, Code code, Span span, std::string message, std::string label) {
  report(ctx, env.frame, code, span, std::move(message), std::move(label));
  return ctx.values.invalid(span);
}

}  // namespace stackc::eval
