#include "compiler/driver/help.hpp"

#include <array>

namespace stackc {

namespace {

constexpr std::array<std::string_view, 10> kCommands{"build",   "check",  "fmt", "import", "diff",
                                                      "explain", "schema", "doc", "policy", "init"};

// The same for every command, so they are pasted as literals: help costs nothing at start.
#define COMMON_OPTIONS                                                                    \
  "      --diagnostics FORM   how findings are written: text (default), concise, json,\n" \
  "                           sarif, github; always to standard error\n"                  \
  "      --color WHEN         auto (default: on a terminal, unless NO_COLOR is set),\n"   \
  "                           always, never\n"                                            \
  "      --timings            write what the stages of the run took to standard error\n"    \
  "  -v, --verbose            write a log for developers of stackc to standard error\n"   \
  "  -h, --help               print this\n"

#define COMPILE_OPTIONS                                                                    \
  "      --env ENV            compile for this environment of stackc.yaml only;\n"         \
  "                           without it for all of them\n"                                \
  "      --set NAME=VALUE     give a const param its value, in every stack that has it;\n" \
  "                           the value is YAML: 3, true, staging, [A, B]; repeatable\n"   \
  "      --dump STAGE         print a finished step instead: ast, types, ir\n"             \
  "  -j, --jobs N             compile with N threads (default: one a processor);\n"        \
  "                           the result is the same\n"                                     \
  "      --incremental FILE   remember in FILE what the run read and wrote, and compile\n"     \
  "                           nothing in the next one when all of it is as it was\n"       \
  "      --depfile FILE       write what was read as a rule for make or ninja\n"            \
  "      --depfile-target T   what the rule is about (default: the files that are written)\n"

constexpr std::string_view kOverview =
    "stackc compiles .stack files to AWS CloudFormation templates.\n"
    "\n"
    "Usage: stackc COMMAND [OPTIONS]\n"
    "\n"
    "Commands:\n"
    "  build      compile stacks and write their templates\n"
    "  check      compile without writing anything\n"
    "  fmt        bring source files into the one style\n"
    "  import     turn CloudFormation templates into stack source\n"
    "  diff       say what a deployment would do\n"
    "  explain    say more about a diagnostic\n"
    "  schema     describe AWS resource types\n"
    "  doc        write the documentation of a library\n"
    "  policy     say what a deployer must be allowed to do\n"
    "  init       start a project in a folder\n"
    "\n"
    "Options:\n" COMMON_OPTIONS
    "      --version            print the version\n"
    "\n"
    "Examples:\n"
    "  stackc init                           a small stack to begin with\n"
    "  stackc build                          every stack of the project\n"
    "  stackc build network.stack app.stack  these two\n"
    "  stackc build --help                   all about `build`\n"
    "\n"
    "Exit status:\n"
    "  0  all is well\n"
    "  1  errors in the input, or differences that --check looked for\n"
    "  2  the command line makes no sense\n"
    "  3  a bug in stackc\n";

constexpr std::string_view kBuild =
    "Compiles stacks and writes <stack>.template.json for each. With environments in\n"
    "stackc.yaml the files go to a folder for each environment, with\n"
    "<stack>.parameters.json beside the template. Nothing is written if there is any\n"
    "error; a file whose content would not change is not touched.\n"
    "\n"
    "Usage: stackc build [OPTIONS] [FILES | FOLDERS]...\n"
    "\n"
    "A folder stands for all .stack files below it, or for the templates below it when\n"
    "there are none. Without any, the project around the current folder is built: the\n"
    "folder of the nearest stackc.yaml, here or above, or else the current folder.\n"
    "\n"
    "A CloudFormation template (.json, .yaml, .yml, .template) is checked and written\n"
    "again.\n"
    "\n"
    "Options:\n"
    "  -o, --out FOLDER         where to write (default: `out` of stackc.yaml, or generated);\n"
    "                           - prints the one template of the run instead\n"
    "      --check              write nothing, list the files that differ from the disk\n"
    "      --map                also write <stack>.map.json: JSON path -> file:line:column\n"
    "      --format FORMAT      of the templates: json (default), yaml\n" COMPILE_OPTIONS COMMON_OPTIONS
    "\n"
    "Examples:\n"
    "  stackc build\n"
    "  stackc build network.stack app.stack --out templates\n"
    "  stackc build --env production --set 'zones=[A, B, C]'\n"
    "  stackc build --check                     in continuous integration\n"
    "  stackc build app.stack --out - | jq .Resources\n"
    "  stackc build app.stack --format yaml --out -\n"
    "\n"
    "Exit status:\n"
    "  0  all files are written or up to date\n"
    "  1  errors in the input, a file that cannot be written, or --check found differences\n"
    "  2  the command line makes no sense\n"
    "  3  a bug in stackc\n";

constexpr std::string_view kCheck =
    "Compiles stacks and libraries, for every environment, or reads CloudFormation\n"
    "templates, and reports what is wrong. Writes nothing.\n"
    "\n"
    "Usage: stackc check [OPTIONS] [FILES | FOLDERS]...\n"
    "\n"
    "A folder stands for all .stack files below it, or for the templates below it when\n"
    "there are none. Without any, the project around the current folder is checked.\n"
    "\n"
    "Options:\n" COMPILE_OPTIONS COMMON_OPTIONS
    "\n"
    "Examples:\n"
    "  stackc check\n"
    "  stackc check lib/service.stack\n"
    "  stackc check vpc.yaml templates/\n"
    "  stackc check --diagnostics sarif 2> findings.sarif\n"
    "  stackc check --dump types app.stack\n"
    "\n"
    "Exit status:\n"
    "  0  no errors\n"
    "  1  errors in the input\n"
    "  2  the command line makes no sense\n"
    "  3  a bug in stackc\n";

constexpr std::string_view kFormat =
    "Brings source files into the one style: two spaces, lines up to 100 columns. There\n"
    "is nothing to configure, comments stay, the meaning never changes. A file with\n"
    "syntax errors is left as it is.\n"
    "\n"
    "Usage: stackc fmt [OPTIONS] [FILES | FOLDERS | -]...\n"
    "\n"
    "- reads standard input and writes to standard output; so does no file at all, unless\n"
    "standard input is a terminal: then the files of the current folder are formatted.\n"
    "\n"
    "Options:\n"
    "      --check              write nothing, list the files that are not formatted\n" COMMON_OPTIONS
    "\n"
    "Examples:\n"
    "  stackc fmt .\n"
    "  stackc fmt app.stack\n"
    "  stackc fmt - < app.stack\n"
    "  stackc fmt --check .                     in continuous integration\n"
    "\n"
    "Exit status:\n"
    "  0  all files are in the style now\n"
    "  1  syntax errors, a file that cannot be read or written, or --check found some\n"
    "  2  the command line makes no sense\n"
    "  3  a bug in stackc\n";

constexpr std::string_view kImport =
    "Turns CloudFormation templates, JSON or YAML, into stack source that builds to the\n"
    "same templates: that is tried before anything is written. What the language has no\n"
    "better words for stays as it is, as `raw`, and is listed.\n"
    "\n"
    "Usage: stackc import [OPTIONS] TEMPLATES | FOLDERS...\n"
    "\n"
    "The source goes beside the template: vpc.stack for vpc.yaml. A folder stands for all\n"
    "templates below it (.json, .yaml, .yml, .template); other files are passed over.\n"
    "\n"
    "Options:\n"
    "  -o, --out FILE           where to write; a folder for several templates; - prints\n"
    "                           the source instead\n"
    "      --force              overwrite files that are there already\n" COMMON_OPTIONS
    "\n"
    "Examples:\n"
    "  stackc import vpc.yaml\n"
    "  stackc import vpc.yaml -o network.stack\n"
    "  stackc import templates -o stacks       a project\n"
    "\n"
    "Exit status:\n"
    "  0  all sources are written\n"
    "  1  a template has errors, or a file is there already or cannot be written\n"
    "  2  the command line makes no sense\n"
    "  3  a bug in stackc\n";

constexpr std::string_view kDiff =
    "Says what a deployment of NEW over OLD would do, and why: what is created, updated,\n"
    "interrupted, replaced or deleted, what becomes of data, who may reach what. Offline,\n"
    "from the templates and AWS's types.\n"
    "\n"
    "Usage: stackc diff [OPTIONS] OLD NEW\n"
    "       stackc diff [OPTIONS] git:REVISION[:PATH]\n"
    "\n"
    "A side is a CloudFormation template, a stack file, a folder of either, or a git\n"
    "revision: git:main:stacks/, git:HEAD~1; - is standard input. Paths start at the\n"
    "current folder; without one it is the project around it. A revision alone is\n"
    "compared with what is on disk.\n"
    "Stacks are compared by name, two files with each other. Beside a template\n"
    "<name>.parameters.json has the values of its parameters.\n"
    "\n"
    "Options:\n"
    "      --env ENV            compare for this environment of stackc.yaml only\n"
    "      --set NAME=VALUE     give a const param its value, on both sides; repeatable\n"
    "      --format FORMAT      text (default), markdown (for a comment), json, github\n"
    "                           (annotations), sarif\n"
    "      --fail-on LIST       exit with 1 for one of these: replace-stateful,\n"
    "                           delete-stateful, security-widening, security-narrowing,\n"
    "                           security-unknown, export-in-use, name-collision, quota, any;\n"
    "                           @replace(ok: \"reason\") in source allows what it stands on\n"
    "      --refactor FILE      write what moved as resource mappings for\n"
    "                           `aws cloudformation create-stack-refactor`\n" COMMON_OPTIONS
    "\n"
    "Examples:\n"
    "  stackc diff old.yaml new.yaml\n"
    "  stackc diff git:main                     before a commit\n"
    "  stackc diff git:origin/main:stacks/ stacks/ --format markdown > comment.md\n"
    "  stackc diff git:main --fail-on replace-stateful,delete-stateful\n"
    "  aws cloudformation get-template --stack-name web --query TemplateBody |\n"
    "    stackc diff - generated/web.template.json   over what is deployed\n"
    "\n"
    "Exit status:\n"
    "  0  no differences, or none that --fail-on lists\n"
    "  1  differences that --fail-on lists\n"
    "  2  the command line makes no sense, or a side cannot be read\n"
    "  3  a bug in stackc\n";

constexpr std::string_view kExplain =
    "Prints the page of a diagnostic: what it means, an example that has it, and the\n"
    "example mended.\n"
    "\n"
    "Usage: stackc explain [OPTIONS] CODE\n"
    "\n"
    "CODE is the number or the name of a diagnostic.\n"
    "\n"
    "Options:\n" COMMON_OPTIONS
    "\n"
    "Examples:\n"
    "  stackc explain E0203\n"
    "  stackc explain unknown-property\n"
    "\n"
    "Exit status:\n"
    "  0  the page was printed\n"
    "  1  there is no such diagnostic\n"
    "  2  the command line makes no sense\n"
    "  3  a bug in stackc\n";

constexpr std::string_view kSchema =
    "Describes an AWS resource type as stackc knows it: properties with their types,\n"
    "which are required, which replace the resource, what Ref and attributes return.\n"
    "\n"
    "Usage: stackc schema [OPTIONS] TYPE\n"
    "       stackc schema [OPTIONS] --search WORDS\n"
    "\n"
    "Options:\n"
    "      --search WORDS       list the types whose name has all these words\n" COMMON_OPTIONS
    "\n"
    "Examples:\n"
    "  stackc schema AWS::EC2::Subnet\n"
    "  stackc schema AWS::EC2::Subnet.VpcId\n"
    "  stackc schema AWS::ECS::Service#NetworkConfiguration\n"
    "  stackc schema --search 'log group'\n"
    "\n"
    "Exit status:\n"
    "  0  something was found\n"
    "  1  there is no such type\n"
    "  2  the command line makes no sense\n"
    "  3  a bug in stackc\n";

constexpr std::string_view kDoc =
    "Writes Markdown from the /// comments of libraries: each component with its params,\n"
    "their types, defaults and stages, its outputs, what is inside; functions; types.\n"
    "Private names are left out.\n"
    "\n"
    "Usage: stackc doc [OPTIONS] LIBRARIES | FOLDERS...\n"
    "\n"
    "A library is a .stack file, or a module of the standard library: std/network; std is\n"
    "all of it. A stack works too. A folder stands for all .stack files below it. Without\n"
    "--out the pages go to standard output, one after the other.\n"
    "\n"
    "Options:\n"
    "  -o, --out FOLDER         write a page for each, and README.md that leads to them\n"
    "      --check              write nothing, list the pages in --out that are out of date\n" COMMON_OPTIONS
    "\n"
    "Examples:\n"
    "  stackc doc std/network\n"
    "  stackc doc lib/service.stack\n"
    "  stackc doc lib --out docs/lib\n"
    "  stackc doc lib --out docs/lib --check    in continuous integration\n"
    "\n"
    "Exit status:\n"
    "  0  all pages are printed, written or up to date\n"
    "  1  errors in the input, a file that cannot be written, or --check found differences\n"
    "  2  the command line makes no sense\n"
    "  3  a bug in stackc\n";

constexpr std::string_view kPolicy =
    "Prints the IAM policy that someone needs who creates, updates and deletes these\n"
    "stacks with CloudFormation: one JSON document, for standard output or a folder.\n"
    "\n"
    "Usage: stackc policy [OPTIONS] [FILES | FOLDERS]...\n"
    "\n"
    "Takes stack files and templates as `build` does. Names that the templates give, and\n"
    "those that CloudFormation makes of a stack's name, limit the policy to resources of\n"
    "the stack; elsewhere it is limited to a service in the account.\n"
    "\n"
    "Options:\n"
    "  -o, --out FOLDER         write <stack>.policy.json for each stack, in several files\n"
    "                           when it is longer than a managed policy may be\n"
    "      --account ID         the account to deploy to (default: any)\n"
    "      --region REGION      the region to deploy to (default: any)\n"
    "      --partition NAME     aws (default), aws-cn, aws-us-gov\n"
    "      --env ENV            for this environment of stackc.yaml only; without it for all\n"
    "      --set NAME=VALUE     give a const param its value; repeatable\n" COMMON_OPTIONS
    "\n"
    "Examples:\n"
    "  stackc policy app.stack\n"
    "  stackc policy --account 111122223333 --region eu-west-1 --out policies\n"
    "\n"
    "Exit status:\n"
    "  0  the policy is printed or written\n"
    "  1  errors in the input, or a file that cannot be written\n"
    "  2  the command line makes no sense\n"
    "  3  a bug in stackc\n";

constexpr std::string_view kInit =
    "Writes a small stack, app.stack, and a project file, stackc.yaml. Files that are\n"
    "there already are never overwritten.\n"
    "\n"
    "Usage: stackc init [OPTIONS] [FOLDER]\n"
    "\n"
    "FOLDER is the current one, or a new one to make.\n"
    "\n"
    "Options:\n" COMMON_OPTIONS
    "\n"
    "Examples:\n"
    "  stackc init\n"
    "  stackc init my-stacks && cd my-stacks && stackc build\n"
    "\n"
    "Exit status:\n"
    "  0  both files were written\n"
    "  1  a file is there already, or cannot be written\n"
    "  2  the command line makes no sense\n"
    "  3  a bug in stackc\n";

}  // namespace

std::span<const std::string_view> command_names() { return kCommands; }

std::string_view help_text(std::string_view command) {
  if (command == "build") return kBuild;
  if (command == "check") return kCheck;
  if (command == "fmt") return kFormat;
  if (command == "import") return kImport;
  if (command == "diff") return kDiff;
  if (command == "explain") return kExplain;
  if (command == "schema") return kSchema;
  if (command == "policy") return kPolicy;
  if (command == "doc") return kDoc;
  if (command == "init") return kInit;
  return kOverview;
}

}  // namespace stackc
