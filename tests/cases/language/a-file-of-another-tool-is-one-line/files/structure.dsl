workspace "Shop" {
  model {
    u = person "User"
  }
}
