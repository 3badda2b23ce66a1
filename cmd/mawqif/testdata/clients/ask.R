# Asks a server with the R client and prints the answers as JSON.
#
# usage: Rscript ask.R CLIENT URL
arguments <- commandArgs(trailingOnly = TRUE)
source(arguments[1], encoding = "UTF-8")
graph <- mawqif(arguments[2])
rows <- function(frame) {
  stopifnot(is.data.frame(frame))
  lists <- vapply(frame, is.list, NA)
  frame[lists] <- NULL
  lapply(seq_len(nrow(frame)), function(i) lapply(as.list(frame[i, , drop = FALSE]), function(v) if (is.na(v)) NULL else if (inherits(v, "Date")) format(v) else v))
}
network <- mawqif_network(graph, settings = list(type = "ONE_MODE", rows = "STATE", aggregation = "CONGRUENCE"))
stopifnot(is.matrix(network))
message_of <- function(question) tryCatch({ question; NULL }, error = conditionMessage)
answer <- list(
  statements = rows(mawqif_statements(graph)),
  arabic = rows(mawqif_statements(graph, list(language = "ar", act = "REQUEST"), limit = 3, lang = "ar")),
  none = rows(mawqif_statements(graph, list(speaker = list("person/nobody")))),
  stances = rows(mawqif_stances(graph, by = c("SPEAKER", "ISSUE"))),
  timeline = rows(mawqif_timeline(graph, interval = "YEAR")),
  matrix = rows(mawqif_matrix(graph, actor = "STATE", toward = "ISSUE")),
  network = list(rows = rownames(network), columns = colnames(network), values = lapply(seq_len(nrow(network)), function(i) unname(network[i, ]))),
  fault = list(message = message_of(mawqif_query(graph, "{ nonsense }"))),
  unreachable = message_of(mawqif_query(mawqif("http://127.0.0.1:1"), "{ stats { statements } }"))
)
cat(enc2utf8(as.character(jsonlite::toJSON(answer, auto_unbox = TRUE, digits = NA, null = "null"))))
