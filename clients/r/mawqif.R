# Client of a mawqif server: questions in, data frames out.
#
# One file for base R and the package jsonlite: source() it.
#
#   source("mawqif.R")
#   graph <- mawqif("http://127.0.0.1:8080")
#   mawqif_statements(graph, list(speaker = list("state/us"), rollUp = TRUE), limit = 50)
#   mawqif_stances(graph, list(issue = list("sanctions")), by = c("SPEAKER", "POSITION"))
#   mawqif_network(graph, settings = list(type = "ONE_MODE", aggregation = "CONGRUENCE"))
#
# Filters and settings are those of the API (StatementFilter, NetworkSettings) as
# lists; docs/api.md explains them. For any other question there is
# mawqif_query().

# A server, by its address.
mawqif <- function(url = "http://127.0.0.1:8080") {
  structure(list(url = sub("/+$", "", url)), class = "mawqif")
}

# The data that answer a GraphQL document, as lists. Stops with the message of
# the server if there is none.
mawqif_query <- function(graph, document, variables = list()) {
  variables <- Filter(Negate(is.null), variables)
  parameters <- c(query = document)
  if (length(variables) > 0) {
    parameters["variables"] <- as.character(jsonlite::toJSON(variables, auto_unbox = TRUE, null = "null", digits = NA))
  }
  escaped <- vapply(enc2utf8(gsub("\\s+", " ", parameters)), utils::URLencode, "", reserved = TRUE)
  address <- paste0(graph$url, "/graphql?", paste0(names(parameters), "=", escaped, collapse = "&"))
  connection <- url(address, headers = c(Accept = "application/json"))
  on.exit(close(connection))
  text <- tryCatch(
    suppressWarnings(readLines(connection, warn = FALSE, encoding = "UTF-8")),
    error = function(e) stop("there is no answer from ", graph$url, " (", conditionMessage(e), "); does mawqif serve run there?", call. = FALSE)
  )
  answer <- tryCatch(
    jsonlite::fromJSON(paste(text, collapse = "\n"), simplifyVector = FALSE),
    error = function(e) stop(graph$url, " does not answer as a mawqif server does", call. = FALSE)
  )
  if (length(answer$errors) > 0) {
    fault <- answer$errors[[1]]
    stop(fault$message, " (", fault$extensions$code, ")", call. = FALSE)
  }
  answer$data
}

# Statements that match, a row each, at most limit of them. What there may be
# several of is in columns of lists: targets, positions, places.
mawqif_statements <- function(graph, filter = NULL, order = "NEWEST_FIRST", limit = Inf, lang = "en", page = 50) {
  document <- "query($filter: StatementFilter, $order: StatementOrder!, $first: Int!, $after: String, $lang: String!) {
    statements(filter: $filter, orderBy: $order, first: $first, after: $after) {
      pageInfo { hasNextPage endCursor }
      edges { node {
        id act content quoteType cue confidence utterance recordedAt role
        saidAt { date precision origin }
        speaker { id key kind name(lang: $lang) }
        onBehalfOf { id key kind name(lang: $lang) }
        targets { stance mention actor { id name(lang: $lang) } }
        positions { agreement position { id proposition(lang: $lang) issue { key name(lang: $lang) } } }
        places { id name(lang: $lang) }
        article { id title url language publishedAt outlet { id name(lang: $lang) } }
        run { id extractor version codebook }
      } }
    }
  }"
  rows <- list()
  after <- NULL
  while (length(rows) < limit) {
    found <- mawqif_query(graph, document, list(
      filter = filter, order = order, first = min(page, limit - length(rows)), after = after, lang = lang
    ))$statements
    rows <- c(rows, lapply(found$edges, function(edge) edge$node))
    if (!found$pageInfo$hasNextPage) break
    after <- found$pageInfo$endCursor
  }
  mawqif_frame(rows, lists = c("targets", "positions", "places"))
}

mawqif_group <- "from negative neutral positive count mean firstSaid lastSaid
  target { id name(lang: $lang) } position { id proposition(lang: $lang) } issue { id key name(lang: $lang) }"

# Who stands where: a row for each group of statements.
mawqif_stances <- function(graph, filter = NULL, by = c("SPEAKER", "POSITION"), interval = "MONTH", unit = "STATEMENT", limit = 1000, lang = "en") {
  document <- paste("query($filter: StatementFilter, $by: [StanceDimension!]!, $interval: Interval!, $unit: CountUnit!, $limit: Int!, $lang: String!) {
    stances(filter: $filter, by: $by, interval: $interval, unit: $unit, limit: $limit) {
      speaker { id name(lang: $lang) } onBehalfOf { id name(lang: $lang) }", mawqif_group, "} }")
  mawqif_frame(mawqif_query(graph, document, list(
    filter = filter, by = as.list(by), interval = interval, unit = unit, limit = limit, lang = lang
  ))$stances)
}

# How stances change: a row for each stretch of time and object.
mawqif_timeline <- function(graph, filter = NULL, toward = "ISSUE", interval = "MONTH", unit = "STATEMENT", limit = 1000, lang = "en") {
  document <- paste("query($filter: StatementFilter, $toward: StanceObject!, $interval: Interval!, $unit: CountUnit!, $limit: Int!, $lang: String!) {
    timeline(filter: $filter, toward: $toward, interval: $interval, unit: $unit, limit: $limit) {", mawqif_group, "} }")
  frame <- mawqif_frame(mawqif_query(graph, document, list(
    filter = filter, toward = toward, interval = interval, unit = unit, limit = limit, lang = lang
  ))$timeline)
  for (name in intersect(c("from", "firstSaid", "lastSaid"), names(frame))) frame[[name]] <- as.Date(frame[[name]])
  frame
}

# Actors by what they take stances on: a row for each cell, with the bounds of
# its mean (low, high).
mawqif_matrix <- function(graph, filter = NULL, actor = "INSTITUTION", toward = "POSITION", interval = NULL, unit = "STATEMENT", limit = 1000, lang = "en") {
  document <- paste("query($filter: StatementFilter, $actor: ActorLevel, $toward: StanceObject!, $interval: Interval, $unit: CountUnit!, $limit: Int!, $lang: String!) {
    matrix(filter: $filter, actor: $actor, toward: $toward, interval: $interval, unit: $unit, limit: $limit) {
      actor { id name(lang: $lang) } low high", mawqif_group, "} }")
  mawqif_frame(mawqif_query(graph, document, list(
    filter = filter, actor = actor, toward = toward, interval = interval, unit = unit, limit = limit, lang = lang
  ))$matrix)
}

# A discourse network as a matrix with the names of rows and columns.
mawqif_network <- function(graph, filter = NULL, settings = NULL) {
  document <- "query($filter: StatementFilter, $settings: NetworkSettings) {
    network(filter: $filter, settings: $settings) { rows { name } columns { name } values } }"
  found <- mawqif_query(graph, document, list(filter = filter, settings = settings))$network
  name <- function(nodes) vapply(nodes, function(node) node$name, "")
  matrix(
    as.numeric(unlist(found$values)),
    nrow = length(found$rows), ncol = length(found$columns), byrow = TRUE, dimnames = list(name(found$rows), name(found$columns))
  )
}

# Rows of an answer as a data frame: lists within rows become columns with the
# names joined by "_"; what has no value is NA.
mawqif_frame <- function(rows, lists = character()) {
  flat <- lapply(rows, mawqif_flat, lists = lists)
  names <- unique(unlist(lapply(flat, names)))
  columns <- lapply(names, function(name) {
    values <- lapply(flat, function(row) row[[name]])
    if (name %in% lists) return(I(values))
    values[vapply(values, is.null, NA)] <- NA
    unlist(values)
  })
  names(columns) <- names
  if (length(columns) == 0) return(data.frame())
  as.data.frame(columns, stringsAsFactors = FALSE, check.names = FALSE)
}

mawqif_flat <- function(row, lists, before = "") {
  flat <- list()
  for (name in names(row)) {
    value <- row[[name]]
    full <- paste0(before, name)
    if (is.list(value) && !(full %in% lists)) {
      flat <- c(flat, mawqif_flat(value, lists, paste0(full, "_")))
    } else if (!is.null(value)) {
      flat[[full]] <- value
    }
  }
  flat
}
