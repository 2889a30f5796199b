// The small languages inside of Compose files: variables, shell words, durations, sizes, ports, volumes, env files.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "compiler/modules/compose_text.hpp"

namespace stackc::compose {
namespace {

/// Variables as `<X>`, with what stands behind their names.
std::string shown(const Text& text) {
  std::string out;
  for (const Piece& p : text) {
    if (p.is_literal()) {
      out += p.text;
      continue;
    }
    constexpr const char* kUses[] = {"", "|", "!", "+"};
    out += "<" + p.variable + kUses[static_cast<int>(p.use)] + shown(p.other) + ">";
  }
  return out;
}

std::string read_text(std::string_view source) {
  std::string reason;
  const auto text = interpolate(source, reason);
  return text ? shown(*text) : "error: " + reason;
}

TEST(ComposeText, Variables) {
  EXPECT_EQ(read_text("plain"), "plain");
  EXPECT_EQ(read_text(""), "");
  EXPECT_EQ(read_text("$HOST"), "<HOST>");
  EXPECT_EQ(read_text("a-$HOST.b"), "a-<HOST>.b");
  EXPECT_EQ(read_text("${HOST}:${PORT}"), "<HOST>:<PORT>");
  EXPECT_EQ(read_text("${HOST:-localhost}"), "<HOST|localhost>");
  EXPECT_EQ(read_text("${HOST-localhost}"), "<HOST|localhost>");
  EXPECT_EQ(read_text("${HOST:-}"), "<HOST|>");
  EXPECT_EQ(read_text("${HOST:?who am I}"), "<HOST!>");
  EXPECT_EQ(read_text("${HOST?}"), "<HOST!>");
  EXPECT_EQ(read_text("${DEBUG:+--debug}"), "<DEBUG+--debug>");
  EXPECT_EQ(read_text("${A:-${B:-c}}"), "<A|<B|c>>");
  EXPECT_EQ(read_text("$$HOME"), "$HOME");
  EXPECT_EQ(read_text("$${HOME}"), "${HOME}");
  EXPECT_EQ(read_text("${A:-$$}"), "<A|$>");
}

TEST(ComposeText, VariablesThatAreNone) {
  EXPECT_EQ(read_text("${HOST"), "error: `${` is not closed");
  EXPECT_EQ(read_text("${}"), "error: `${}` names no variable");
  EXPECT_EQ(read_text("${1}"), "error: `${1}` names no variable");
  EXPECT_EQ(read_text("cost: 5$"), "error: a `$` starts no variable here: `$$` is the sign itself");
  EXPECT_EQ(read_text("${HOST*}"), "error: `${HOST*}` is no variable: expected `:-`, `:?` or `:+` behind its name");
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "${A:-";
  deep += std::string(100'000, '}');
  EXPECT_EQ(read_text(deep), "error: defaults are nested too deeply");
}

TEST(ComposeText, WithoutAShellDefaultsStand) {
  const auto value = [](std::string_view source) {
    std::string reason;
    std::string missing;
    const auto text = resolved(*interpolate(source, reason), missing);
    return text ? *text : "needs " + missing;
  };
  EXPECT_EQ(value("a${X:-b}c"), "abc");
  EXPECT_EQ(value("${X:-${Y:-z}}"), "z");
  EXPECT_EQ(value("a${X:+b}"), "a");
  EXPECT_EQ(value("a${X}"), "needs X");
  EXPECT_EQ(value("${X:?please}"), "needs X");
  EXPECT_EQ(value("${X:-${Y}}"), "needs Y");
}

std::vector<std::string> words_of(std::string_view source) {
  std::string reason;
  const auto words = shell_words(*interpolate(source, reason));
  if (!words) return {"not closed"};
  std::vector<std::string> out;
  for (const Text& word : *words) out.push_back(shown(word));
  return out;
}

TEST(ComposeText, ShellWords) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(words_of("bin/server start"), (Words{"bin/server", "start"}));
  EXPECT_EQ(words_of("  a \t b\n c "), (Words{"a", "b", "c"}));
  EXPECT_EQ(words_of("sh -c 'echo \"hi\" && exec x'"), (Words{"sh", "-c", "echo \"hi\" && exec x"}));
  EXPECT_EQ(words_of(R"(say "a \"b\" \n" c\ d)"), (Words{"say", R"(a "b" \n)", "c d"}));
  EXPECT_EQ(words_of("a'b'\"c\"d"), (Words{"abcd"}));
  EXPECT_EQ(words_of("x '' y"), (Words{"x", "", "y"}));
  EXPECT_EQ(words_of("run --host=$HOST '${A:-b c}'"), (Words{"run", "--host=<HOST>", "<A|b c>"}));
  EXPECT_EQ(words_of(""), (Words{}));
  EXPECT_EQ(words_of("a 'b"), (Words{"not closed"}));
}

TEST(ComposeText, Durations) {
  EXPECT_EQ(parse_duration("30s"), 30'000'000);
  EXPECT_EQ(parse_duration("1m30s"), 90'000'000);
  EXPECT_EQ(parse_duration("1h5m30s20ms"), 3'930'020'000);
  EXPECT_EQ(parse_duration("1.5s"), 1'500'000);
  EXPECT_EQ(parse_duration("250us"), 250);
  EXPECT_EQ(parse_duration("0s"), 0);
  for (const char* none : {"", "30", "s", "1x", "30 s", "1m 30s", "-1s", "1.s", "99999999999999999999s", "5ms3"}) {
    EXPECT_EQ(parse_duration(none), std::nullopt) << none;
  }
}

TEST(ComposeText, Sizes) {
  EXPECT_EQ(parse_bytes("1024"), 1024);
  EXPECT_EQ(parse_bytes("2b"), 2);
  EXPECT_EQ(parse_bytes("1k"), 1024);
  EXPECT_EQ(parse_bytes("300kb"), 300 * 1024);
  EXPECT_EQ(parse_bytes("512m"), 512LL << 20);
  EXPECT_EQ(parse_bytes("512MB"), 512LL << 20);
  EXPECT_EQ(parse_bytes("1.5g"), 3LL << 29);
  EXPECT_EQ(parse_bytes("1 gb"), 1LL << 30);
  for (const char* none : {"", "m", "1t", "-1", "1..5g", "0x10", "1g5", "9999999999999999999g"}) {
    EXPECT_EQ(parse_bytes(none), std::nullopt) << none;
  }
}

TEST(ComposeText, Decimals) {
  EXPECT_EQ(parse_decimal("0.5"), 500);
  EXPECT_EQ(parse_decimal("2"), 2000);
  EXPECT_EQ(parse_decimal("0.001"), 1);
  EXPECT_EQ(parse_decimal(".25"), 250);
  for (const char* none : {"", "x", "1.", "-1", "1e3"}) EXPECT_EQ(parse_decimal(none), std::nullopt) << none;
}

std::string port_of(std::string_view source) {
  std::string reason;
  const auto port = parse_port(*interpolate(source, reason), reason);
  if (!port) return "error: " + reason;
  return std::to_string(port->first) + "-" + std::to_string(port->last) + "/" + port->protocol + "@" +
         std::to_string(port->published);
}

TEST(ComposeText, Ports) {
  EXPECT_EQ(port_of("3000"), "3000-3000/tcp@0");
  EXPECT_EQ(port_of("3000-3005"), "3000-3005/tcp@0");
  EXPECT_EQ(port_of("80:5000"), "5000-5000/tcp@80");
  EXPECT_EQ(port_of("9090-9091:8080-8081"), "8080-8081/tcp@9090");
  EXPECT_EQ(port_of("8000-9000:80"), "80-80/tcp@0");
  EXPECT_EQ(port_of("127.0.0.1:8001:8001"), "8001-8001/tcp@8001");
  EXPECT_EQ(port_of("127.0.0.1::8001"), "8001-8001/tcp@0");
  EXPECT_EQ(port_of("[::1]:8001:8001/udp"), "8001-8001/udp@8001");
  EXPECT_EQ(port_of("6060:6060/udp"), "6060-6060/udp@6060");
  EXPECT_EQ(port_of("${PORT}:5000"), "5000-5000/tcp@0");
  EXPECT_EQ(port_of("${PORT:-80}:5000"), "5000-5000/tcp@80");
  EXPECT_EQ(port_of("${ADDRESS}:80:${INNER:-5000}"), "5000-5000/tcp@0");
}

TEST(ComposeText, PortsThatAreNone) {
  EXPECT_EQ(port_of("eighty"), "error: `eighty` is no port from 1 to 65535 and no range of them");
  EXPECT_EQ(port_of("0"), "error: `0` is no port from 1 to 65535 and no range of them");
  EXPECT_EQ(port_of("65536"), "error: `65536` is no port from 1 to 65535 and no range of them");
  EXPECT_EQ(port_of("90-80"), "error: `90-80` is no port from 1 to 65535 and no range of them");
  EXPECT_EQ(port_of("1-2:80-90"), "error: `1-2` and `80-90` are ranges of different lengths");
  EXPECT_EQ(port_of("x:80"), "error: `x` is no port from 1 to 65535 and no range of them");
  EXPECT_EQ(port_of("80:${INNER}"),
            "error: which port of the container it is must be known when the stack is compiled, `${INNER}` is not");
}

std::string mount_of(std::string_view source) {
  std::string reason;
  const auto mount = parse_mount(*interpolate(source, reason), reason);
  if (!mount) return "error: " + reason;
  return mount->source + " at " + mount->path + (mount->read_only ? " ro" : "") + (mount->variable_source ? " var" : "");
}

TEST(ComposeText, Mounts) {
  EXPECT_EQ(mount_of("/var/lib/data"), " at /var/lib/data");
  EXPECT_EQ(mount_of("data:/var/lib/data"), "data at /var/lib/data");
  EXPECT_EQ(mount_of("./site:/site:ro"), "./site at /site ro");
  EXPECT_EQ(mount_of("/run/x.sock:/x.sock:ro,z"), "/run/x.sock at /x.sock ro");
  EXPECT_EQ(mount_of("${PWD}:/app"), " at /app var");
  EXPECT_EQ(mount_of("${DATA:-data}:/app"), "data at /app");
  EXPECT_EQ(mount_of("data"), "error: `data` is no absolute path in the container");
  EXPECT_EQ(mount_of("data:/x:rx"), "error: `rx` is no option of a volume");
  EXPECT_EQ(mount_of("C:\\x:/x:/y:ro"), "error: it has more parts than `source:path:options`");
  EXPECT_EQ(mount_of("data:${WHERE}"),
            "error: the path in the container must be known when the stack is compiled, `${WHERE}` is not");
}

std::string env_of(std::string_view text, bool raw = false) {
  std::string reason;
  std::size_t at = 0;
  const auto lines = parse_env_file(text, raw, reason, at);
  if (!lines) return "error at " + std::to_string(at) + ": " + reason;
  std::string out;
  for (const EnvLine& line : *lines) {
    out += line.name + (line.value ? "=" + shown(*line.value) : "") + ";";
  }
  return out;
}

TEST(ComposeText, EnvFiles) {
  EXPECT_EQ(env_of("A=1\nB = two words \r\n\n# no\nexport C='$X' # no\nD=\"a\\n$X\"\nE\nF=\nG=x#y # no\n"),
            "A=1;B=two words;C=$X;D=a\n<X>;E;F=;G=x#y;");
  EXPECT_EQ(env_of("A=\"costs \\$5\""), "A=costs $5;");
  EXPECT_EQ(env_of("\xEF\xBB\xBF" "A=1"), "A=1;");
  EXPECT_EQ(env_of("A='x' $Y # z\r\n", true), "A='x' $Y # z;");
  EXPECT_EQ(env_of("a b=1"), "error at 0: expected `NAME=value`");
  EXPECT_EQ(env_of("A=1\nB=\"x"), "error at 6: the quote is not closed");
  EXPECT_EQ(env_of("=x"), "error at 0: expected `NAME=value`");
}

}  // namespace
}  // namespace stackc::compose
