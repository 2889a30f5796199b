#pragma once

namespace stackc {

/// Has the processor fetch the code that compiling is known to need, of which a program that has just been started has
/// nothing in its caches: read line by line, as the work comes to it, each line is waited for. 1.3 MB in the program
/// that ships, whose profile puts such code in one place; nothing in one that is built without (cmake/profile.cmake).
void fetch_hot_code();

}  // namespace stackc
